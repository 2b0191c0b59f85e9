#!/usr/bin/env python
"""Django's own commands, for those who build; everyone else uses `samtall`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtall.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
