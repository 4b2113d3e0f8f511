"""The product's settings, and one page more which says hello: what the same server gives when it has nothing to do."""

from sutura.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_urls"
