"""`samtall verify`."""

import argparse
import sys
from typing import Any

from django.utils.translation import gettext as _

from samtall.ledger.verify import verify


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("verify", help="recompute every hash in the ledger and report what was changed")
    parser.set_defaults(run=_verify)


def _verify(_options: argparse.Namespace) -> int:
    showing = sys.stderr.isatty()
    verdict = verify(progress=_show_progress if showing else None)
    if showing:
        sys.stderr.write("\r")
    for fault in verdict.faults:
        print(fault)
    if verdict.sound:
        print(
            _("The ledger is sound: %(postings)s postings, %(entries)s entries, last hash %(hash)s.")
            % {"postings": verdict.postings, "entries": verdict.entries, "hash": verdict.head.hex()[:16]}
        )
    return 0 if verdict.sound else 1


def _show_progress(postings: int) -> None:
    sys.stderr.write("\r" + _("%(postings)s postings read") % {"postings": postings})
    sys.stderr.flush()
