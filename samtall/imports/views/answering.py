"""Pages where rows, names and overlaps of a spreadsheet are answered instead of going back to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtall.accounts.policy import allowed, user_of
from samtall.activities.models import Activity
from samtall.base.clock import now
from samtall.base.errors import Refusal
from samtall.base.reading import Unreadable
from samtall.imports import operations
from samtall.imports.answers import Answers
from samtall.imports.cells import ROWS_OF_A_SHEET, Cell, Fault, place_of
from samtall.imports.columns import Layout, name_of, sheet_of
from samtall.imports.forms import OrganisationForm, OverlapForm, RowForm
from samtall.imports.matching import Candidate
from samtall.imports.models import Import
from samtall.imports.problems import Level, Problem
from samtall.imports.rows import Unusable, text_of
from samtall.imports.showing import compared_table, name_here
from samtall.imports.stored import PlanRead
from samtall.ui.frame import Link


@allowed("imports.run")
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A row as it stands, with a field for each of its cells."""
    import_, plan = _preview_of(request, pk)
    if plan is None:
        return redirect("import", pk)
    cells = _cells(import_, row)
    form = RowForm(cells, request.POST or None, skipped=row in Answers.from_plain(import_.answers).skipped)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_row(import_, row, form.changed(), skip=form.cleaned_data["skip"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _thanks(request, pk, _("The row is read as you said."))
    here = [one for one in plan.problems if one.row == row]
    place = here[0].place if here else Problem("I6", Level.WARNING, "", row=row).place
    context = _frame(import_) | {"form": form, "place": place, "problems": here}
    return render(request, "imports/row.html", context, status=422 if form.errors else 200)


@allowed("imports.run")
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is meant by a name, ?navn= as the list of organisations has it: likeliest first."""
    import_, plan = _preview_of(request, pk)
    if plan is None:
        return redirect("import", pk)
    key = request.GET.get("navn", "")
    named = next((one for one in plan.organisations if key and one["key"] == key), None)
    if named is None:
        return redirect(reverse("import", args=[pk]) + "?vis=virksomheter")
    candidates = [Candidate.from_plain(plain) for plain in named["candidates"]]
    name = name_here(named)
    form = OrganisationForm(name, candidates, request.POST or None)
    if request.method == "POST" and form.is_valid():
        found, site = form.chosen()
        operations.answer_organisation(import_, key, found, establishment=site, by=user_of(request), at=now())
        text = ngettext(
            "“%(name)s” is read as you said, in %(rows)d row.",
            "“%(name)s” is read as you said, in %(rows)d rows.",
            named["rows"],
        )
        return _thanks(request, pk, text % {"name": name, "rows": named["rows"]}, "virksomheter")
    context = _frame(import_) | {"form": form, "name": name, "rows": named["rows"]}
    return render(request, "imports/organisation.html", context, status=422 if form.errors else 200)


@allowed("imports.run")
@require_http_methods(["GET", "HEAD", "POST"])
def overlap(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A row beside what it resembles; row 0 answers for all that are not answered one by one."""
    import_, plan = _preview_of(request, pk)
    if plan is None:
        return redirect("import", pk)
    shown = plan.overlaps.get(str(row))
    if row and shown is None:
        raise Http404
    form = OverlapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep = form.cleaned_data["reason"] if form.cleaned_data["answer"] == "keep" else None
        try:
            operations.answer_overlap(import_, row, keep=keep, by=user_of(request), at=now())
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            return _thanks(request, pk, _("It is counted as you said."))
    context = _frame(import_) | {"form": form, "count": plan.head["overlaps"]}
    if shown is not None:
        there = Activity.objects.filter(pk=shown["likely"]["activity"]).first()
        context["table"] = compared_table(shown["planned"], shown["likely"], there)
    return render(request, "imports/overlap.html", context, status=422 if form.errors else 200)


def _preview_of(request: HttpRequest, pk: int) -> tuple[Import, PlanRead | None]:
    import_ = get_object_or_404(Import, pk=pk)
    if import_.state not in (Import.State.PREVIEW, Import.State.PLANNING):
        raise Http404
    return import_, operations.prepared(import_, by=user_of(request), at=now())


def _cells(import_: Import, row: int) -> list[tuple[str, str, str]]:
    """Field code, its name and what stands in it, for every field that the sheet has."""
    workbook, layout = operations.workbook_of(import_), Layout.from_plain(import_.layout)
    index, line = place_of(row)
    if index >= len(layout.sheets) or not line:
        raise Http404
    rows = sheet_of(workbook, Layout(layout.sheets[index])).rows
    if line > len(rows):
        raise Http404
    said = Answers.from_plain(import_.answers).cells.get(index * ROWS_OF_A_SHEET + line, {})
    cells = []
    for column, code in sorted(layout.columns.items()):
        if code and code != "remark":
            cell = rows[line - 1][column - 1] if column <= len(rows[line - 1]) else None
            cells.append((code, name_of(code), said.get(code, _written(cell))))
    return cells


def _written(cell: Cell) -> str:
    if cell is None or isinstance(cell, Fault):
        return ""
    try:
        return text_of(cell, most=300)
    except (Unusable, Unreadable):
        return ""


def _thanks(request: HttpRequest, pk: int, text: str, part: str = "") -> HttpResponse:
    messages.success(request, text)
    return redirect(reverse("import", args=[pk]) + (f"?vis={part}" if part else ""))


def _frame(import_: Import) -> dict[str, Any]:
    above = [Link(reverse("imports"), _("Import")), Link(reverse("import", args=[import_.pk]), import_.file_name)]
    return {"import": import_, "above": above}
