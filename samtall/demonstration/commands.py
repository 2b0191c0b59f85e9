"""`samtall demo`: a made-up region to try Samtall on."""

import argparse
from typing import Any


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    demo = commands.add_parser("demo", help="load a made-up region; nothing happens where it is loaded already")
    demo.set_defaults(run=_load)


def _load(_options: argparse.Namespace) -> None:
    from django.utils.translation import gettext as _

    from samtall.demonstration import operations

    if operations.is_loaded():
        print(_("The demonstration is loaded already."))
        return
    print(_("Making up a region; this takes some seconds …"), flush=True)
    loaded = operations.load()
    print(
        _("%(organisations)s organisations and %(activities)s activities, %(positions)s postings in the ledger.")
        % vars(loaded)
    )
