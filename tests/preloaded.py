"""What a process of tests/processes.py has imported before it is forked, beside every page: every room's commands."""

from samtall.config.command_line import parser

parser()
