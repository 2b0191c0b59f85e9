"""Django, set up by being imported: for the process that those which are to be killed are forked from."""

import django

django.setup()
