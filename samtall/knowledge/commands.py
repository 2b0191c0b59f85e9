"""`samtall knowledge import`: the directory of knowledge environments from a file."""

import argparse
from pathlib import Path
from typing import Any


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    knowledge = commands.add_parser("knowledge", help="who knows what").add_subparsers(required=True)
    bring = knowledge.add_parser("import", help="add and change knowledge environments from a file")
    bring.add_argument("file", type=Path, help="a TOML file with [[environments]]")
    bring.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.base import clock
    from samtall.base.declarations import text_of
    from samtall.knowledge import operations

    done = operations.import_environments(text_of(options.file), at=clock.now())
    print(_("%(new)d new, %(changed)d changed.") % {"new": done.new, "changed": done.changed})
