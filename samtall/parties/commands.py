"""`samtall register load`."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samtall.base import clock
from samtall.parties.register.columns import Kind
from samtall.parties.register.loading import Progress, load


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
