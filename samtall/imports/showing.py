"""What the pages show of an import: tables of problems, of activities to be, of organisations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.activities import registry
from samtall.activities.models import Activity
from samtall.imports.drafts import PlannedActivity
from samtall.imports.matching import How
from samtall.imports.models import Import, ImportedActivity
from samtall.imports.plan import NOT_BEGUN
from samtall.imports.problems import Problem
from samtall.parties.numbers import format_number
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import short_date, span


def problem_table(problems: Sequence[Problem]) -> Table:
    columns = [Column(_("Place")), Column(_("What it is")), Column(_("What to do")), Column(_("Code"))]
    rows: list[list[Cell]] = [[_place(one), f"{one.level.words}: {one.text}", one.advice, one.code] for one in problems]
    return Table(_("Errors, questions and notes"), columns, rows, caption_hidden=True)


def _place(problem: Problem) -> str:
    return f"{problem.place} «{problem.heading}»" if problem.heading else problem.place


def activity_table(planned: Sequence[PlannedActivity]) -> Table:
    columns = [
        *(Column(_("Rows")), Column(_("Kind")), Column(_("Title")), Column(_("Dates"))),
        *(Column(_("Parties")), Column(_("Becomes"))),
    ]
    rows: list[list[Cell]] = [
        [
            _rows(one.rows),
            str(registry.kind(one.kind).words),
            one.title,
            span(date.fromisoformat(one.starts), date.fromisoformat(one.ends or one.starts)),
            len(one.parts),
            becomes(one),
        ]
        for one in planned
    ]
    return Table(_("What the rows become"), columns, rows, caption_hidden=True)


def becomes(one: PlannedActivity) -> str:
    """What becomes of a planned activity, in a word or two."""
    if one.state in NOT_BEGUN:
        return _("draft, %(state)s") % {"state": Activity.State(one.state).label.lower()}
    if not one.submit:
        return _("draft, lacks a party")
    return _("sent in") if one.evidence else _("sent in, lacks documentation")


def organisation_table(shown: Sequence[dict[str, Any]]) -> Table:
    columns = [Column(_("Name")), Column(_("Org. number")), Column(_("Found by"))]
    words = {
        How.NUMBER: _("number"),
        How.SITE: _("its work site"),
        How.NAME: _("exact name"),
        How.NEW: _("new: is added with its number"),
        How.UNIDENTIFIED: _("unidentified: is added without a number"),
    }
    rows: list[list[Cell]] = [[one["name"], format_number(one["number"]), words[How(one["how"])]] for one in shown]
    return Table(_("Organisations"), columns, rows, caption_hidden=True)


def made_table(items: Sequence[ImportedActivity]) -> Table:
    columns = [Column(_("Rows")), Column(_("Kind")), Column(_("Title")), Column(_("Step"))]
    rows: list[list[Cell]] = [
        [
            _rows(item.rows),
            str(registry.kind(item.activity.kind).words),
            Link(reverse("activity", args=[item.activity.pk]), item.activity.title),
            step_words(item.activity.step),
        ]
        for item in items
        if item.activity is not None
    ]
    return Table(_("Activities that the import made"), columns, rows)


def import_table(imports: Sequence[Import]) -> Table:
    columns = [
        *(
            Column(_("File")),
            Column(_("Uploaded")),
            Column(_("By")),
            Column(_("Rows"), number=True),
            Column(_("State")),
        ),
    ]
    rows: list[list[Cell]] = [
        [
            Link(reverse("import", args=[one.pk]), one.file_name),
            short_date(one.uploaded_at),
            str(one.uploaded_by),
            one.rows or None,
            state_words(one),
        ]
        for one in imports
    ]
    return Table(_("Imports"), columns, rows)


def state_words(import_: Import) -> str:
    return {
        Import.State.PLANNING: _("being read"),
        Import.State.PREVIEW: _("preview, nothing saved"),
        Import.State.RUNNING: _("being saved"),
        Import.State.DONE: _("saved"),
        Import.State.UNDOING: _("being undone"),
        Import.State.UNDONE: _("undone"),
    }[Import.State(import_.state)]


def step_words(step: str) -> str:
    return {
        Activity.Step.DRAFT: _("draft"),
        Activity.Step.SUBMITTED: _("awaits approval"),
        Activity.Step.VALIDATED: _("approved"),
        Activity.Step.WITHDRAWN: _("withdrawn"),
    }[Activity.Step(step)]


def _rows(numbers: Sequence[int]) -> str:
    """2, 3, 7 … or 2–40 where they follow each other."""
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers[:6])) + (" …" if len(numbers) > 6 else "")
