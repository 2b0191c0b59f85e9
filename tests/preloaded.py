"""What a process of tests/processes.py has imported before it is forked: every room, by its pages and its commands."""

from samtall.config.command_line import parser

parser()
