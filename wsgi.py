"""The WSGI application, for gunicorn: ``gunicorn -c python:service.cli.gunicorn_settings wsgi:app``."""

import os
import sys

from service.app import create_app
from service.config import Config, ConfigError

try:
    app = create_app(Config.from_environment(os.environ))
except ConfigError as error:
    sys.exit(str(error))
