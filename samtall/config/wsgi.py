"""Where a web server finds Samtall. It does not start on a database whose ledger is unguarded."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 - Django must be set up first

from samtall.ledger import guards  # noqa: E402

guards.check()
connections.close_all()
