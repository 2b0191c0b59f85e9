"""`samtall figures [NAME] [--period 2017] [--as-of DATE] [--by …] [--list] [--json]`."""

import argparse
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.base import clock
from samtall.base.declarations import text_of
from samtall.base.errors import Refusal
from samtall.base.periods import Period, parse_period, period_of
from samtall.base.reading import read_date
from samtall.base.text import Words
from samtall.figures import files, operations, queries
from samtall.figures.compiler import Grouping
from samtall.figures.forms import Reading
from samtall.figures.models import FigureVersion
from samtall.figures.sentences import sentences, unit_words
from samtall.figures.showing import list_behind
from samtall.ledger import queries as ledger
from samtall.ui.writing import number


class UnknownFigure(Refusal):
    """There is no figure of that name."""


class UnknownReader(Refusal):
    """There is no user with that address."""


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("figures", help="show exact figures, now or as they were")
    parser.add_argument("name", nargs="?", help="one figure by its name, such as student-collaborations")
    parser.add_argument(
        "--period", help="2017, 2016-2017, 2017V, 2017H or 2014-01-01..2018-12-31; otherwise the latest"
    )
    parser.add_argument("--as-of", metavar="DATE", help="as the books stood that day, or at a position")
    parser.add_argument("--list", action="store_true", help="the list behind the figure, without people's names")
    parser.add_argument("--as", dest="reader", metavar="EMAIL", help="list what this user may see, with titles")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=_figures)

    one = commands.add_parser("figure", help="write figures' definitions to a file, or read them from one")
    verbs = one.add_subparsers(metavar="VERB", required=True)
    export = verbs.add_parser("export", help="write definitions as TOML")
    export.add_argument("names", nargs="*", help="figures by their short names; otherwise all that are in use")
    export.add_argument("--file", type=Path, help="where to; otherwise it is printed")
    export.set_defaults(run=_export)
    load = verbs.add_parser("import", help="make the figures of a file, or new versions of those that say otherwise")
    load.add_argument("file", type=Path)
    load.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> int:
    versions = [_named(name) for name in options.names] or queries.latest_versions(with_people=True)
    text = files.written(versions)
    if options.file is None:
        print(text, end="")
        return 0
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(
            _("%(file)s cannot be written: %(why)s.") % {"file": options.file, "why": error.strerror}
        ) from None
    return 0


def _import(options: argparse.Namespace) -> int:
    at = clock.now()
    known = {version.pk for version in FigureVersion.objects.all()}
    figures = files.read(text_of(options.file), name=options.file.name)
    for version in operations.load(figures, by="system:import", at=at):
        said = _("%(figure)s: version %(number)s is made.") if version.pk not in known else _("%(figure)s: as it was.")
        print(said % {"figure": version.figure.slug, "number": version.number})
    return 0


def _figures(options: argparse.Namespace) -> int:
    versions = [_named(options.name)] if options.name else queries.latest_versions(with_people=True)
    answers = [_answer(version, options) for version in versions]
    if options.json:
        print(json.dumps(answers if not options.name else answers[0], ensure_ascii=False, indent=2))
        return 0
    for answer in answers:
        _print(answer)
    if options.name:
        print()
        for sentence in sentences(queries.definition_of(versions[0])):
            print(f"  {sentence}")
    return 0


def _reader(email: str | None) -> User | AnonymousUser:
    if not email:
        return AnonymousUser()
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise UnknownReader(_("There is no user with the address %(email)s.") % {"email": email})
    return user


def _named(slug: str) -> FigureVersion:
    try:
        return queries.current_version(slug)
    except FigureVersion.DoesNotExist:
        known = ", ".join(version.figure.slug for version in queries.latest_versions(with_people=True))
        raise UnknownFigure(
            _("There is no figure “%(name)s”. There are: %(known)s.") % {"name": slug, "known": known}
        ) from None


def _answer(version: FigureVersion, options: argparse.Namespace) -> dict[str, Any]:
    definition = queries.definition_of(version)
    as_of = _as_of(options.as_of)
    position = ledger.position_on(as_of) if isinstance(as_of, date) else as_of
    on = as_of if isinstance(as_of, date) else None
    period = _period(options.period) or period_of(queries.latest_start(clock.today()), definition.calendar)
    result = queries.value(version, period, position=position, on=on)
    answer: dict[str, Any] = {
        "figure": version.figure.slug,
        "name": str(Words.from_dict(version.name)),
        "unit": unit_words(definition, result.value),
        "period": str(period),
        "value": _plain(result.value),
        "pending": _plain(result.pending.value),
        "unidentified": result.unidentified,
        "lowest": _plain(result.lowest.value),
        "highest": _plain(result.highest.value),
        "activities": result.activities,
        "version": version.number,
        "position": result.position,
    }
    if options.list:
        reading = Reading(period, definition.calendar, position, on, Grouping.NONE)
        answer["list"] = [
            {
                "label": line.label,
                "status": line.status,
                "amount": line.amount,
                "in": [thing.label for thing in line.things],
            }
            for line in list_behind(version, reading, _reader(options.reader), size=1_000_000).lines
        ]
    return answer


def _period(text: str | None) -> Period | None:
    if not text:
        return None
    try:
        return parse_period(text)
    except ValueError:
        raise Refusal(
            _("“%(text)s” is not a period. Write 2017, 2016-2017, 2017V, 2017H or 2014-01-01..2018-12-31.")
            % {"text": text}
        ) from None


def _as_of(text: str | None) -> date | int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() else read_date(text)


def _plain(value: int | Decimal) -> int | str:
    return value if isinstance(value, int) else f"{value.normalize():f}"


def _print(answer: dict[str, Any]) -> None:
    beside = []
    if answer["pending"] not in (0, "0"):
        beside.append(_("%(number)s awaiting approval") % {"number": answer["pending"]})
    if answer["unidentified"]:
        beside.append(_("%(number)s not identified") % {"number": answer["unidentified"]})
    if answer["lowest"] != answer["highest"]:
        beside.append(f"{answer['lowest']}–{answer['highest']}")
    value = number(Decimal(str(answer["value"])))
    print(f"{value:>12}  {answer['name']} ({answer['figure']}), {answer['period']}", *beside, sep=", ")
    for line in answer.get("list", ()):
        things = f" – {'; '.join(line['in'])}" if line["in"] else ""
        print(f"{line['amount']:>12}  {line['label']} [{line['status']}]{things}")
