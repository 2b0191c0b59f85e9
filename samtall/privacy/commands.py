"""`samtall privacy`: what is held about somebody, erasing them, and whether anything is left."""

import argparse
import sys
from typing import Any

from django.utils.translation import gettext as _

from samtall.base import clock
from samtall.base.reading import read_email
from samtall.privacy import operations, queries, searching, subjects
from samtall.privacy.models import Erased
from samtall.ui.writing import short_date


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    privacy = commands.add_parser("privacy", help="what is held about somebody, and erasing it").add_subparsers(
        required=True, metavar="ACTION"
    )
    showing = privacy.add_parser("show", help="print all that is held about an address")
    showing.add_argument("email")
    showing.set_defaults(run=_show)
    erasing = privacy.add_parser("erase", help="erase all that is held about an address, for good")
    erasing.add_argument("email")
    erasing.set_defaults(run=_erase)
    looking = privacy.add_parser("traces", help="look for words in every byte of the database and the data folder")
    looking.add_argument("words", nargs="+")
    looking.set_defaults(run=_traces)
    deadlines = privacy.add_parser("deadlines", help="what will be erased by itself, and when")
    deadlines.set_defaults(run=_deadlines)


def _show(options: argparse.Namespace) -> None:
    for here in queries.held(subjects.of_address(read_email(options.email))):
        print(f"{here.processing.words}")
        for thing in here.things:
            print(f"  {short_date(thing.when) if thing.when else '':<10}  {thing.what}")
            for label, value in thing.values:
                print(f"              {label}: {value}")


def _erase(options: argparse.Namespace) -> None:
    subject = subjects.of_address(read_email(options.email))
    if not queries.holds_anything(subject):
        raise operations.NobodyThere(_("We hold nothing about this person."))
    erased = operations.erase(
        subject, by=operations.Signature("command line"), at=clock.now(), reason=Erased.Reason.ASKED
    )
    operations.clean(erased, at=clock.now())
    print(_("Erased. Every figure is as it was."))


def _traces(options: argparse.Namespace) -> int:
    found = searching.traces(options.words)
    for place in found:
        print(place, file=sys.stderr)
    if not found:
        print(_("Nothing is left."))
    return 1 if found else 0


def _deadlines(_options: argparse.Namespace) -> None:
    for one in queries.deadlines(clock.now()):
        first = short_date(one.first) if one.first else "–"
        print(f"{one.waiting:>8}  {first:<10}  {one.processing.words}")
