"""`samtall programme load`: a programme from a file."""

import argparse
from pathlib import Path
from typing import Any


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    programme = commands.add_parser("programme", help="what a region wants").add_subparsers(required=True)
    load = programme.add_parser("load", help="make a programme, or bring it in step with its file")
    load.add_argument(
        "file", type=Path, nargs="?", help="a TOML file (default: Midt-Telemark, which comes with Samtall)"
    )
    load.set_defaults(run=_load)


def _load(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.base import clock
    from samtall.base.text import Words
    from samtall.programmes import operations
    from samtall.programmes.files import MIDT_TELEMARK

    programme = operations.load(options.file or MIDT_TELEMARK, by="system:programme", at=clock.now())
    print(
        _("%(name)s: %(targets)s targets. Its page is /program/%(slug)s/.")
        % {
            "name": Words.from_dict(programme.name),
            "targets": programme.targets.count(),
            "slug": programme.slug,
        }
    )
