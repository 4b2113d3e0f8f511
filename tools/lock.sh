#!/usr/bin/env bash
# Makes requirements.txt and requirements-dev.txt again from the pins of pyproject.toml; needs uv on the path.
set -euo pipefail
cd "$(dirname "$0")/.."
flags=(--quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --only-binary :all: --python-version 3.11)
uv pip compile "${flags[@]}" pyproject.toml -o requirements.txt
uv pip compile "${flags[@]}" pyproject.toml --group pyproject.toml:dev -o requirements-dev.txt
