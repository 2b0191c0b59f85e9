"""`samtall publications`: what is published, and whether it still follows from the books."""

import argparse
from typing import Any

from django.utils.translation import gettext as _

from samtall.publications.published import Published
from samtall.publications.queries import published
from samtall.publications.verifying import verify


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("publications", help="list what is published, or count all of it again")
    parser.add_argument("--verify", action="store_true", help="count every published figure again, and compare")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not published().exists():
        print(_("Nothing has been published yet."))
        return 0
    return recount() if options.verify else _list()


def _list() -> int:
    for edition in published():
        shown = Published.of(edition.frozen)
        print(f"{shown.slug}/{shown.number}  {shown.period.label}  {edition.checksum[:16]}  {shown.title}")
    return 0


def recount() -> int:
    """Count everything published again and print what is not as it was; nothing while nothing is. The exit code."""
    verdict = verify()
    for fault in verdict.faults:
        print(fault)
    if verdict.sound and verdict.editions:
        print(
            _("%(editions)s editions with %(figures)s figures were counted again: each is what was published.")
            % {"editions": verdict.editions, "figures": verdict.figures}
        )
    return 0 if verdict.sound else 1
