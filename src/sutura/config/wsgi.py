"""The door for gunicorn and its like."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sutura.config.settings")
pages = get_wsgi_application()
# By its name: its models are there only now.
application = import_string("sutura.intake.openrosa.shortway.ShortWay")(pages)
