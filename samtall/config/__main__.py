"""`python -m samtall.config` is the command `samtall`."""

import sys

from samtall.config.command_line import main

sys.exit(main())
