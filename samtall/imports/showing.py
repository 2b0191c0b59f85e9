"""What the pages show of an import: tables of problems, of activities to be, of organisations."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities import registry
from samtall.activities.models import Activity
from samtall.imports.cells import place_of
from samtall.imports.drafts import PlannedActivity
from samtall.imports.matching import Candidate, How
from samtall.imports.models import Import, ImportedActivity
from samtall.imports.plan import NOT_BEGUN
from samtall.imports.problems import Level, Problem
from samtall.parties.numbers import format_number
from samtall.places.queries import name_of_code
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import short_date, span


def problem_table(problems: Sequence[Problem], import_: Import | None = None) -> Table:
    """What is wrong; with an import, each row leads to where it can be answered."""
    columns = [Column(_("Place")), Column(_("What it is")), Column(_("What to do")), Column(_("Code"))]
    rows: list[list[Cell]] = [
        [_answered(one, import_), f"{one.level.words}: {one.text}", one.advice, one.code] for one in problems
    ]
    return Table(_("Errors, questions and notes"), columns, rows, caption_hidden=True)


def _answered(problem: Problem, import_: Import | None) -> Cell:
    if import_ is None or not problem.row or problem.code == "I5":
        return _place(problem)
    page = "import-overlap" if problem.code == "R10" and problem.level is Level.QUESTION else "import-row"
    return Link(reverse(page, args=[import_.pk, problem.row]), _place(problem))


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


def left_out_table(planned: Sequence[PlannedActivity]) -> Table:
    """What is not recorded: in the books already, or in an earlier row."""
    columns = [Column(_("Rows")), Column(_("Kind")), Column(_("Title")), Column(_("Dates")), Column(_("Why"))]
    rows: list[list[Cell]] = [
        [
            _rows(one.rows),
            str(registry.kind(one.kind).words),
            one.title,
            span(date.fromisoformat(one.starts), date.fromisoformat(one.ends or one.starts)),
            Link(reverse("activity", args=[one.joins]), _("in the books already"))
            if one.joins
            else _("stands in an earlier row"),
        ]
        for one in planned
    ]
    return Table(_("Left out"), columns, rows, caption_hidden=True)


def becomes(one: PlannedActivity) -> str:
    """What becomes of a planned activity, in a word or two."""
    if one.state in NOT_BEGUN:
        return _("draft, %(state)s") % {"state": Activity.State(one.state).label.lower()}
    if not one.submit:
        return _("draft, lacks a party")
    return _("sent in") if one.evidence else _("sent in, lacks documentation")


HOW_WORDS = {
    How.NUMBER: gettext_lazy("number"),
    How.SITE: gettext_lazy("its work site"),
    How.NAME: gettext_lazy("exact name"),
    How.BEFORE: gettext_lazy("written so before"),
    How.LIKENESS: gettext_lazy("likeness"),
    How.CHOSEN: gettext_lazy("chosen by you"),
    How.NEW: gettext_lazy("new: is added with its number"),
    How.DOUBT: gettext_lazy("in doubt: stays unidentified until somebody chooses"),
    How.UNIDENTIFIED: gettext_lazy("unidentified: is added without a number"),
    How.NOBODY: gettext_lazy("names nobody: unidentified in each activity"),
    How.PERSON: gettext_lazy("reads as a person: kept with the row, no organisation"),
}


def organisation_table(shown: Sequence[dict[str, Any]], import_: Import) -> Table:
    columns = [
        *(Column(_("As written")), Column(_("Rows"), number=True), Column(_("Becomes"))),
        *(Column(_("Why")), Column(_("Candidates"))),
    ]
    rows: list[list[Cell]] = []
    for one in shown:
        how = How(one["how"])
        found = Candidate.from_plain(one["found"]) if one["found"] else None
        candidates = [Candidate.from_plain(plain) for plain in one["candidates"]] if not found else []
        number = format_number(one["number"])
        rows.append(
            [
                _named(one, import_),
                one["rows"] or None,
                str(found) if found else f"{one['name']} ({number})" if number else "–",
                why(how, found),
                "; ".join(f"{candidate} – {percent(candidate.probability)}" for candidate in candidates[:3]),
            ]
        )
    return Table(_("Organisations"), columns, rows, caption_hidden=True)


def _named(one: dict[str, Any], import_: Import) -> Cell:
    """The name, leading to where one says who is meant; what has a number needs no answer."""
    if not one["key"] or one["number"]:
        return str(one["name"])
    return Link(
        f"{reverse('import-organisation', args=[import_.pk])}?{urlencode({'navn': one['key']})}", name_here(one)
    )


def name_here(one: dict[str, Any]) -> str:
    """A name of the list of organisations, with the municipality where it means others in others."""
    return f"{one['name']}, {name_of_code(one['municipality'])}" if one["municipality"] else str(one["name"])


def compared_table(planned: dict[str, Any], likely: dict[str, Any], there: Activity | None) -> Table:
    """A row beside what it resembles."""
    columns = [Column(""), Column(_("This row")), Column(_("Here already") if there else _("The other row"))]
    days = span(date.fromisoformat(planned["starts"]), date.fromisoformat(planned["ends"] or planned["starts"]))
    other: list[Cell] = [likely["title"], short_date(date.fromisoformat(likely["starts"])), "", "", ""]
    if there is not None:
        names = [str(one.counted) for one in there.participations.all() if one.counted]
        evidence = [one.description for one in there.evidence.all()]
        other = [
            Link(reverse("activity", args=[there.pk]), there.title),
            span(there.starts, there.ends or there.starts),
            ", ".join(dict.fromkeys(names)),
            ", ".join(evidence),
            step_words(there.step),
        ]
    mine: list[Cell] = [
        planned["title"],
        days,
        ", ".join(planned["names"]),
        ", ".join(planned["evidence"]),
        _("not saved"),
    ]
    labels = [_("Title"), _("Dates"), _("Parties"), _("Documentation"), _("Step")]
    rows = [[label, one, another] for label, one, another in zip(labels, mine, other, strict=True)]
    return Table(_("The two beside each other"), columns, rows, caption_hidden=True)


def why(how: How, found: Candidate | None) -> str:
    """How an organisation was found, with the reasons and the probability where it was by likeness."""
    words = str(HOW_WORDS[how])
    if how is not How.LIKENESS or found is None:
        return words
    reasons = ", ".join(str(one) for one in found.reasons)
    return f"{reasons} ({percent(found.probability)})" if reasons else words


def percent(probability: float) -> str:
    """A probability as people read it; never quite a hundred."""
    return f"{min(probability * 100, 99.9):.1f} %".replace(".", ",") if probability < 1 else "100 %"


def made_table(items: Sequence[ImportedActivity], *, with_kept: bool) -> Table:
    """The activities made; `with_kept`: also what stood beside the rows, for those who may see people."""
    columns = [Column(_("Rows")), Column(_("Kind")), Column(_("Title")), Column(_("Step"))]
    noted = with_kept and any(item.kept for item in items)
    if noted:
        columns.append(Column(_("Stood beside")))
    rows: list[list[Cell]] = [
        [
            _rows(item.rows),
            str(registry.kind(item.activity.kind).words),
            Link(reverse("activity", args=[item.activity.pk]), item.activity.title),
            _("added to what was here") if item.joined else step_words(item.activity.step),
            *(["; ".join(dict.fromkeys(kept["text"] for kept in item.kept))] if noted else []),
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
    """2, 3, 7 … or 2–40 where they follow each other; with the number of the sheet where it is not the first."""
    places = [place_of(number) for number in numbers]
    sheet, first = places[0]
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        shown = f"{first}–{places[-1][1]}"
    else:
        shown = ", ".join(str(row) for _sheet, row in places[:6]) + (" …" if len(numbers) > 6 else "")
    return _("%(rows)s (sheet %(sheet)d)") % {"rows": shown, "sheet": sheet + 1} if sheet else shown
