"""`samtall import FILE`, and `samtall import undo ID`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.accounts.models import User
from samtall.accounts.policy import may
from samtall.base.clock import now
from samtall.base.errors import Refusal
from samtall.imports import operations, wording
from samtall.imports.columns import Layout, mapped_by_names, sheet_of
from samtall.imports.models import Import
from samtall.imports.operations import AlreadyImported
from samtall.imports.plan import Plan
from samtall.imports.problems import ImportRefused, Level, Problem

MOST_SHOWN = 200


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser(
        "import",
        help="bring in a spreadsheet (.xlsx, .ods, .csv), or undo one: import undo NUMBER --reason WHY",
    )
    parser.add_argument("file", help="the spreadsheet, or the word undo")
    parser.add_argument("number", nargs="?", type=int, help="after undo: the number of the import")
    parser.add_argument("--as", dest="email", default="", help="the e-mail address of the user who does it")
    parser.add_argument("--dry-run", action="store_true", help="show what would become what, and save nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask before saving")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help="what a column holds, such as Firmanavn=organisation; may be repeated",
    )
    parser.add_argument("--kind", default="", help="the kind of all rows, where no column says it")
    parser.add_argument(
        "--duplicates", choices=["skip", "count"], default="", help="what to do with rows that may be there twice"
    )
    parser.add_argument("--reason", default="", help="why duplicates count, or why an import is undone")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    by = _user(options.email)
    if options.file == "undo" and options.number is not None:
        return _undo(options, by)
    if options.number is not None:
        raise Refusal(_("Write one file at a time."))
    try:
        return _bring_in(options, by)
    except AlreadyImported as already:
        if already.earlier.state == Import.State.RUNNING and already.earlier.started_by_id == by.pk:
            print(_("This import was interrupted; it goes on."))
            return _finish(already.earlier, by)
        print(f"I8 {already}")
        return 0
    except ImportRefused as refused:
        _print_problems(refused.problems)
        return 1


def _bring_in(options: argparse.Namespace, by: User) -> int:
    import_ = operations.upload(_content(options.file), file_name=options.file, by=by, at=now())
    try:
        _map(import_, options, by)
        if options.duplicates:
            operations.answer_duplicates(import_, options.duplicates, reason=options.reason)
        plan = operations.plan(import_, by=by, at=now())
        _print_plan(import_, plan)
        if options.dry_run:
            return 1 if plan.blocked else 0
        if not plan.blocked and not _agreed(options):
            return 1
        operations.start(import_, by=by, at=now())
    except operations.NotReady as not_ready:
        print(not_ready, file=sys.stderr)
        return 1
    finally:
        if import_.state in (Import.State.PREVIEW, Import.State.PLANNING) and not import_.agreed_plan:
            operations.discard(import_)
    return _finish(import_, by)


def _finish(import_: Import, by: User) -> int:
    operations.run_to_end(import_, by=by, now=now, progress=_show_progress)
    print(file=sys.stderr)
    made = import_.items.exclude(activity=None).count()
    print(
        ngettext(
            "Import %(number)d made %(made)d activity. It awaits approval by somebody else.",
            "Import %(number)d made %(made)d activities. They await approval by somebody else.",
            made,
        )
        % {"number": import_.pk, "made": made}
    )
    print(_("To undo it: samtall import undo %(number)d --reason “…”") % {"number": import_.pk})
    return 0


def _undo(options: argparse.Namespace, by: User) -> int:
    import_ = Import.objects.filter(pk=options.number).first()
    if import_ is None:
        raise Refusal(_("There is no import number %(number)d.") % {"number": options.number})
    if import_.state != Import.State.UNDOING:
        operations.undo(import_, by=by, at=now(), reason=options.reason)
    operations.run_to_end(import_, by=by, now=now, progress=_show_progress)
    print(file=sys.stderr)
    print(_("Import %(number)d is undone.") % {"number": import_.pk})
    for activity in operations.kept(import_):
        print(_("Left as it is, for somebody has changed it since: %(title)s") % {"title": activity.title})
    return 0


def _user(email: str) -> User:
    """The user by e-mail address; without one, the only user who may import."""
    if email:
        user = User.objects.filter(email__iexact=email).first()
        if user is None or not may(user, "imports.run"):
            raise Refusal(_("%(email)s is not a user who may bring in spreadsheets.") % {"email": email})
        return user
    allowed = [user for user in User.objects.filter(is_active=True) if may(user, "imports.run")]
    if len(allowed) != 1:
        raise Refusal(_("Say who you are: --as EMAIL."))
    return allowed[0]


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Refusal(_("The file %(name)s cannot be read: %(why)s.") % {"name": name, "why": error.strerror}) from None


def _map(import_: Import, options: argparse.Namespace, by: User) -> None:
    if not options.map and not options.kind:
        return
    kind = wording.kind_of(options.kind) if options.kind else None
    if options.kind and kind is None:
        raise Refusal(_("“%(text)s” is not a kind of activity.") % {"text": options.kind})
    workbook = operations.workbook_of(import_)
    layout = Layout.from_plain(import_.layout)
    pairs = dict(pair.rpartition("=")[::2] for pair in options.map)
    mapped, unknown = mapped_by_names(sheet_of(workbook, layout), layout, pairs)
    if unknown:
        raise Refusal(_("No such column or field: %(pairs)s.") % {"pairs": ", ".join(unknown)})
    operations.map_columns(import_, mapped.columns, kind=kind.code if kind else layout.kind, by=by, at=now())


def _agreed(options: argparse.Namespace) -> bool:
    if options.yes:
        return True
    if not sys.stdin.isatty():
        print(_("Nothing is saved. Add --yes to save."), file=sys.stderr)
        return False
    return input(_("Save this? [y/N] ")).strip().casefold() in ("y", "yes", "j", "ja")


def _print_plan(import_: Import, plan: Plan) -> None:
    print(f"{import_.file_name}:")
    for label, number in plan.summary():
        print(f"  {number:>6}  {label}")
    _print_problems(plan.problems)


def _print_problems(problems: list[Problem]) -> None:
    for one in problems[:MOST_SHOWN]:
        heading = f" «{one.heading}»" if one.heading else ""
        print(f"{one.code} {one.level.words}  {one.place}{heading}: {one.text} {one.advice}".rstrip())
    if len(problems) > MOST_SHOWN:
        print(_("… and %(more)d more.") % {"more": len(problems) - MOST_SHOWN})
    if any(one.level is Level.ERROR for one in problems):
        print(_("No rows are saved yet."))


def _show_progress(import_: Import) -> None:
    if sys.stderr.isatty() or import_.rows_reached == import_.rows:
        sys.stderr.write(
            "\r" + _("%(reached)d of %(rows)d rows") % {"reached": import_.rows_reached, "rows": import_.rows}
        )
        sys.stderr.flush()
