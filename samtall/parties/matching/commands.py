"""`samtall match index`, `status`, `find` and `evaluate`."""

import argparse
import time
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.base import clock
from samtall.parties.matching import evaluating, keeping
from samtall.parties.matching.asking import Candidate, Sought, Verdict
from samtall.parties.matching.finding import find_one
from samtall.parties.models import Establishment, Organisation
from samtall.parties.numbers import format_number


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    match = commands.add_parser("match", help="find organisations by name, and measure how well that goes")
    actions = match.add_subparsers(required=True, metavar="ACTION")
    indexing = actions.add_parser("index", help="read all names into the data folder, so that starting is quick")
    indexing.set_defaults(run=_index)
    status = actions.add_parser("status", help="how old the index is, and what is new since")
    status.set_defaults(run=_status)
    finding = actions.add_parser("find", help="who is meant by a name, and why")
    finding.add_argument("name")
    finding.add_argument("--municipality", default="", metavar="CODE", help="four digits, such as 4020")
    finding.add_argument("--postal-code", default="", metavar="CODE")
    finding.add_argument("--email", default="", help="an address, or a bare domain")
    finding.set_defaults(run=_find)
    measuring = actions.add_parser(
        "evaluate", help="measure on a list of your own whose organisation numbers are known"
    )
    measuring.add_argument(
        "file", type=Path, help="CSV or XLSX with a heading: name, number (empty: nobody), and if known municipality, "
        "postal_code, address, email, web, date"
    )  # fmt: skip
    measuring.set_defaults(run=_evaluate)


def _index(_options: argparse.Namespace) -> None:
    started = time.monotonic()
    made = keeping.make(at=clock.now())
    print(
        ngettext(
            "%(count)s name read in %(seconds)s seconds.", "%(count)s names read in %(seconds)s seconds.", made.names
        )
        % {"count": made.names, "seconds": round(time.monotonic() - started)}
    )


def _status(_options: argparse.Namespace) -> None:
    kept = keeping.kept()
    behind = keeping.behind()
    if kept is None:
        print(_("There is no index in the data folder. All names are read when the first is looked for."))
        print(_("With a large register, run: samtall match index"))
        return
    print(
        _("The index is from %(when)s and has %(count)s names.")
        % {"when": date_format(timezone.localtime(kept.built_at), "DATETIME_FORMAT"), "count": kept.names}
    )
    print(
        ngettext(
            "%(count)s unit is new or changed since, and is found all the same.",
            "%(count)s units are new or changed since, and are found all the same.",
            behind,
        )
        % {"count": behind}
    )


_VERDICTS = {
    Verdict.CERTAIN: lambda: _("Certain:"),
    Verdict.DOUBT: lambda: _("In doubt. Likely candidates:"),
    Verdict.NONE: lambda: _("Nobody in the register has a name like that."),
}


def _find(options: argparse.Namespace) -> None:
    sought = Sought(options.name, options.municipality, options.postal_code, email=options.email)
    found = find_one(sought)
    print(_VERDICTS[found.verdict]())
    for candidate in found.candidates:
        print(_line(candidate))


def _line(candidate: Candidate) -> str:
    unit = Organisation.objects.get(pk=candidate.organisation)
    site = Establishment.objects.filter(pk=candidate.establishment or 0).first()
    named = f"{unit.name}" + (f" – {site.name}" if site else "")
    why = "; ".join(str(reason) for reason in candidate.reasons)
    return f"{candidate.probability:>6.1%}  {format_number(unit.number)}  {named}: {why}"


def _evaluate(options: argparse.Namespace) -> None:
    for line in evaluating.account(evaluating.evaluate(evaluating.read(options.file))):
        print(line)
