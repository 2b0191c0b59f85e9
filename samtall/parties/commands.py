"""`samtall register fetch`, `load`, `update` and `status`, `samtall match`, and `samtall person find` and `erase`."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.base import clock
from samtall.base.errors import Refusal
from samtall.base.text import search_key
from samtall.parties.matching import commands as matching
from samtall.parties.models import Person
from samtall.parties.operations import erase_person
from samtall.parties.queries import register_age
from samtall.parties.register.columns import Kind
from samtall.parties.register.loading import Progress, load

MOST_PEOPLE = 50
_KINDS = {Kind.ENHETER: gettext_lazy("Legal units"), Kind.UNDERENHETER: gettext_lazy("Work sites")}


@dataclass(frozen=True)
class CommandLine:
    """Who acts when nobody has signed in: whoever has the server."""

    signature: str = "system:person"


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    register = commands.add_parser("register", help="read the Norwegian business register")
    actions = register.add_subparsers(required=True, metavar="ACTION")
    fetching = actions.add_parser("fetch", help="fetch the whole register from data.brreg.no and load it")
    fetching.add_argument("--kind", choices=Kind.values, help="only these units; else both kinds")
    fetching.set_defaults(run=_fetch)
    updating = actions.add_parser("update", help="fetch what has changed since")
    updating.set_defaults(run=_update)
    status = actions.add_parser("status", help="tell how old what is loaded is")
    status.set_defaults(run=_status)
    loading = actions.add_parser("load", help="load an extract (CSV or JSON, also gzipped) of enheter or underenheter")
    loading.add_argument("file", type=Path)
    loading.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day that the extract shows; else the date in the file's name",
    )
    loading.add_argument("--kind", choices=Kind.values, help="which units; else found out from the file")
    loading.add_argument(
        "--complete", action="store_true", help="the file is the whole register: units that it lacks are closed"
    )
    loading.set_defaults(run=_load)

    matching.add_commands(commands)

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


def _fetch(options: argparse.Namespace) -> None:
    from samtall.parties.register.asking import Connection  # the web client loads slowly; only who asks waits for it
    from samtall.parties.register.fetching import fetch

    kinds = [Kind(options.kind)] if options.kind else list(Kind)
    with Connection() as connection:
        for kind in kinds:
            print(_KINDS[kind])
            loading = _show_progress(time.monotonic())
            done = fetch(kind, connection, at=clock.now(), downloading=_show_bytes, loading=loading)
            _tell(_account(done))


def _update(_options: argparse.Namespace) -> None:
    from samtall.parties.register.updating import Updated, catch_up, refuse_without_register

    refuse_without_register()
    done = Updated()
    more = True
    while more:
        more = catch_up(clock.now(), done=done)
        _overwrite(_("%(lines)s lines read") % {"lines": done.lines})
    _tell(
        [
            _("%(lines)s lines read: %(new)s new units, %(changed)s changed, %(removed)s removed, %(skipped)s skipped.")
            % {
                "lines": done.lines,
                "new": done.new,
                "changed": done.changed,
                "removed": done.removed,
                "skipped": done.skipped,
            },
            *done.problems[:100],
        ]
    )


def _status(_options: argparse.Namespace) -> None:
    ages = register_age()
    for age in ages:
        whole = _("the whole register of %(day)s") if age.complete else _("an extract of %(day)s")
        line = f"{_KINDS[age.kind]}: {whole % {'day': date_format(age.extract, 'SHORT_DATE_FORMAT')}}"
        if age.updated_at:
            at = date_format(timezone.localtime(age.updated_at), "SHORT_DATETIME_FORMAT")
            line += ", " + _("updated %(at)s (line %(position)s of the feed)") % {"at": at, "position": age.position}
        print(line)
    if not ages:
        print(_("No register is loaded."))


def _load(options: argparse.Namespace) -> None:
    kind = Kind(options.kind) if options.kind else None
    show = _show_progress(time.monotonic())
    done = load(options.file, dated=options.date, kind=kind, complete=options.complete, at=clock.now(), progress=show)
    _tell(_account(done))


def _tell(lines: list[str]) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    for line in lines:
        print(line)


def _overwrite(line: str) -> None:
    """A line that the next one is written over; nothing where nobody looks."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{line} ")
        sys.stderr.flush()


def _show_bytes(here: int, whole: int) -> None:
    _overwrite(_("%(here)s of %(whole)s MB") % {"here": here // 1_000_000, "whole": whole // 1_000_000 or "?"})


def _account(done: Progress) -> list[str]:
    """What became of the load, line by line."""
    if done.already_done:
        return [_("This extract is loaded already. Nothing was changed.")]
    lines = [
        _("%(rows)s rows read: %(new)s new units, %(changed)s changed, %(skipped)s skipped.")
        % {"rows": done.rows, "new": done.new, "changed": done.changed, "skipped": done.skipped},
        *done.problems,
    ]
    if done.closed:
        lines.append(_("%(closed)s units are no longer in the register, and were closed.") % {"closed": done.closed})
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
        _overwrite(_("%(rows)s rows, %(rate)s rows/s") % {"rows": done.rows, "rate": round(rate)})

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
