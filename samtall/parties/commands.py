"""`samtall register load`, and `samtall person find` and `erase`."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.text import search_key
from samtall.parties.models import Person
from samtall.parties.operations import erase_person
from samtall.parties.register.columns import Kind
from samtall.parties.register.loading import Progress, load

MOST_PEOPLE = 50


@dataclass(frozen=True)
class CommandLine:
    """Who acts when nobody has signed in: whoever has the server."""

    signature: str = "system:person"


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    register = commands.add_parser("register", help="read the Norwegian business register")
    actions = register.add_subparsers(required=True, metavar="ACTION")
    loading = actions.add_parser("load", help="load an extract (CSV or JSON, also gzipped) of enheter or underenheter")
    loading.add_argument("file", type=Path)
    loading.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day that the extract shows; else the date in the file's name",
    )
    loading.add_argument("--kind", choices=Kind.values, help="which units; else found out from the file")
    loading.set_defaults(run=_load)

    people = commands.add_parser("person", help="find or erase a person").add_subparsers(
        required=True, metavar="ACTION"
    )
    finding = people.add_parser(
        "find", help="list people by a part of their name or e-mail address, with their numbers"
    )
    finding.add_argument("text")
    finding.set_defaults(run=_find)
    erasing = people.add_parser("erase", help="destroy the link between a person and what they took part in, for good")
    erasing.add_argument("number", type=int, help="as `samtall person find` gives it")
    erasing.set_defaults(run=_erase)


def _load(options: argparse.Namespace) -> None:
    kind = Kind(options.kind) if options.kind else None
    show = _show_progress(time.monotonic())
    done = load(options.file, dated=options.date, kind=kind, at=clock.now(), progress=show)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for line in _account(done):
        print(line)


def _account(done: Progress) -> list[str]:
    """What became of the load, line by line."""
    if done.already_done:
        return [_("This extract is loaded already. Nothing was changed.")]
    lines = [
        _("%(rows)s rows read: %(new)s new units, %(changed)s changed, %(skipped)s skipped.")
        % {"rows": done.rows, "new": done.new, "changed": done.changed, "skipped": done.skipped},
        *done.problems,
    ]
    if done.unknown_places:
        lines.append(
            _("Municipalities that are not known: %(names)s. Fetch them with `samtall places fetch`.")
            % {"names": ", ".join(sorted(done.unknown_places)[:20])}
        )
    return lines


def _show_progress(started: float) -> Callable[[Progress], None]:
    """A line that is written over: rows so far, and rows per second since the start."""
    before: list[int] = []

    def show(done: Progress) -> None:
        before[:] = before or [max(done.rows - 100, 0)]
        rate = (done.rows - before[0]) / max(time.monotonic() - started, 0.001)
        if sys.stderr.isatty():
            sys.stderr.write(
                "\r" + _("%(rows)s rows, %(rate)s rows/s") % {"rows": done.rows, "rate": round(rate)} + " "
            )
            sys.stderr.flush()

    return show


def _find(options: argparse.Namespace) -> None:
    wanted = Q(search_name__contains=search_key(options.text)) | Q(email__icontains=options.text)
    for person in Person.objects.select_related("organisation").filter(wanted).order_by("name", "pk")[:MOST_PEOPLE]:
        known = [person.name, person.email, str(person.organisation or "")]
        print(f"{person.pk:>8}  {', '.join(filter(None, known))}")


def _erase(options: argparse.Namespace) -> None:
    person = Person.objects.filter(pk=options.number).first()
    if person is None:
        raise Refusal(_("There is no person number %(number)s.") % {"number": options.number})
    erase_person(person, by=CommandLine(), at=clock.now())
    print(_("Person %(number)s is erased. Every figure is as it was.") % {"number": options.number})
