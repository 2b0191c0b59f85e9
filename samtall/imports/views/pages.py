"""Pages of spreadsheets: upload, preview, progress, result."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtall.accounts.policy import allowed, may, user_of
from samtall.activities import registry
from samtall.activities.refusals import UnknownKind
from samtall.base.clock import now
from samtall.base.errors import Refusal
from samtall.base.heartbeat import worker_runs
from samtall.imports import operations, spreadsheets
from samtall.imports.columns import Layout
from samtall.imports.forms import ColumnsForm, DuplicatesForm, UndoForm, UploadForm
from samtall.imports.models import Import
from samtall.imports.operations import AlreadyImported, NotReady
from samtall.imports.problems import ImportRefused
from samtall.imports.showing import (
    activity_table,
    import_table,
    left_out_table,
    made_table,
    organisation_table,
    problem_table,
    state_words,
)
from samtall.imports.stored import PlanRead
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.tables import Table

SECONDS_AT_ONCE = 1.0
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed("imports.run")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            import_ = operations.upload(file.read(), file_name=file.name, by=user_of(request), at=now())
        except ImportRefused as refused:
            context |= {"refused": problem_table(refused.problems), "file_name": file.name}
        except AlreadyImported as already:
            messages.info(request, str(already))
            return redirect("import", already.earlier.pk)
        else:
            return redirect("import", import_.pk)
    page = page_of(request, Import.objects.select_related("uploaded_by"))
    context |= {"page": page, "table": import_table(list(page.object_list)), "kinds": registry.kinds()}
    failed = bool(form.errors) or "refused" in context
    return render(request, "imports/imports.html", context, status=422 if failed else 200)


@allowed("imports.run")
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = _import(pk)
    if import_.state == Import.State.PREVIEW:
        plan = operations.prepared(import_, by=user_of(request), at=now())
        if plan is not None:
            return _preview(request, import_, plan)
    if import_.state in operations.UNDER_WAY:
        return render(request, "imports/progress.html", _frame(import_) | {"in_background": worker_runs(at=now())})
    items = import_.items.select_related("activity").exclude(activity=None)
    page = page_of(request, items)
    context = {
        "page": page,
        "table": made_table(list(page.object_list), with_kept=may(user_of(request), "people.read")),
        "form": UndoForm() if import_.state == Import.State.DONE else None,
        "unclear": operations.names_in_doubt(import_) if may(user_of(request), "organisations.change") else 0,
        "kept": import_.items.exclude(kept_because="").count(),
        "state": state_words(import_),
    }
    return render(request, "imports/result.html", _frame(import_) | context)


@allowed("imports.run")
@require_POST
def map_columns(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = _import(pk, Import.State.PREVIEW)
    plan = operations.prepared(import_, by=user_of(request), at=now())
    if plan is None:
        return redirect("import", pk)
    form = ColumnsForm(
        plan.head["columns"], Layout.from_plain(import_.layout), request.POST, sheets=plan.head["sheets"]
    )
    if not form.is_valid():
        return _preview(request, import_, plan, columns_form=form, status=422)
    said = form.cleaned_data
    operations.map_columns(
        import_,
        form.columns(),
        kind=said["kind"],
        header_row=said["header_row"],
        sheets=said.get("sheets"),
        sheet_holds=said.get("sheet_holds", ""),
        by=user_of(request),
        at=now(),
    )
    messages.success(request, _("The columns are read as you said, also the next time the headings are the same."))
    return redirect("import", pk)


@allowed("imports.run")
@require_POST
def answer_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = _import(pk, Import.State.PREVIEW)
    form = DuplicatesForm(request.POST)
    if form.is_valid():
        try:
            operations.answer_duplicates(import_, form.cleaned_data["answer"], reason=form.cleaned_data["reason"])
            return redirect("import", pk)
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    plan = operations.prepared(import_, by=user_of(request), at=now())
    return _preview(request, import_, plan, duplicates_form=form, status=422) if plan else redirect("import", pk)


@allowed("imports.run")
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = _import(pk)
    try:
        operations.start(import_, by=user_of(request), at=now())
    except AlreadyImported as already:
        messages.info(request, str(already))
        return redirect("import", already.earlier.pk)
    except (NotReady, operations.WrongState) as refused:
        messages.error(request, str(refused))
    return redirect("import", pk)


@allowed("imports.run")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come in the background; htmx asks for it again and again."""
    import_ = _import(pk)
    if import_.state not in operations.UNDER_WAY:
        return _back(request, pk)
    context = {"import": import_, "in_background": worker_runs(at=now())}
    return render(request, "imports/parts/progress.html", context)


@allowed("imports.run")
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on for about a second, and answer with how far it has come; htmx then asks for more."""
    import_ = _import(pk)
    last = time.monotonic() + SECONDS_AT_ONCE
    try:
        while import_.state in operations.UNDER_WAY and time.monotonic() < last:
            operations.take_step(import_, by=user_of(request), at=now())
            operations.rest(import_)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(request, pk)
    if import_.state in operations.UNDER_WAY and request.htmx:  # type: ignore[attr-defined]
        return render(request, "imports/parts/progress.html", {"import": import_})
    return _back(request, pk)


@allowed("imports.run")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = _import(pk)
    form = UndoForm(request.POST)
    try:
        operations.undo(import_, by=user_of(request), at=now(), reason=form.data.get("reason", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import", pk)


@allowed("imports.run")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        operations.discard(_import(pk))
        messages.success(request, _("The preview is deleted. Nothing of the file is kept."))
    except operations.WrongState as refusal:
        messages.error(request, str(refusal))
        return redirect("import", pk)
    return redirect("imports")


@allowed("imports.run")
@require_safe
def problem_file(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = _import(pk, Import.State.PREVIEW)
    plan = operations.prepared(import_, by=user_of(request), at=now())
    if plan is None:
        return redirect("import", pk)
    return _download(spreadsheets.problems_of(plan.problems), _("errors"))


@allowed("imports.run")
@require_safe
def template_file(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    if code == "alle":
        return _download(spreadsheets.template_of(None), _("activities"))
    try:
        kind = registry.kind(code)
    except UnknownKind:
        raise Http404 from None
    return _download(spreadsheets.template_of(kind), slugify(str(kind.words)))


def _preview(
    request: HttpRequest,
    import_: Import,
    plan: PlanRead,
    *,
    columns_form: ColumnsForm | None = None,
    duplicates_form: DuplicatesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if columns_form is None:
        columns_form = ColumnsForm(plan.head["columns"], Layout.from_plain(import_.layout), sheets=plan.head["sheets"])
    asked = plan.head["questions"] > plan.head["overlaps"] or import_.duplicates
    context = {
        "plan": plan,
        "columns_form": columns_form,
        "duplicates_form": duplicates_form or (DuplicatesForm(_answer(import_)) if asked else None),
        **_shown_part(request, import_, plan),
    }
    return render(request, "imports/preview.html", _frame(import_) | context, status=status)


def _answer(import_: Import) -> dict[str, str] | None:
    if not import_.duplicates:
        return None
    return {"answer": import_.duplicates, "reason": import_.duplicates_reason}


def _shown_part(request: HttpRequest, import_: Import, plan: PlanRead) -> dict[str, Any]:
    """The list that the address asks for, and links to the others."""
    head = plan.head
    problems = head["errors"] + head["questions"] + head["notes"]
    parts: dict[str, tuple[str, int, Callable[[], Sequence[Any]], Callable[[Any], Table]]] = {
        "problemer": (
            _("Errors and notes"),
            problems,
            lambda: plan.problems,
            lambda some: problem_table(some, import_),
        ),
        "aktiviteter": (_("Activities"), head["activities"], lambda: plan.activities, activity_table),
        "utelatt": (_("Left out"), head["left_out"], lambda: plan.left_out, left_out_table),
        "virksomheter": (
            _("Organisations"),
            head["organisations"],
            lambda: plan.organisations,
            lambda some: organisation_table(some, import_),
        ),
    }
    chosen = request.GET.get("vis", "")
    if chosen not in parts:
        chosen = "problemer" if problems else "aktiviteter"
    _label, _count, things, table = parts[chosen]
    page = page_of(request, things())
    links = [
        Link(f"?vis={name}", f"{label} ({count})", current=name == chosen)
        for name, (label, count, _things, _table) in parts.items()
        if count or name != "utelatt"
    ]
    return {"page": page, "table": table(page.object_list), "parts": links}


def _frame(import_: Import) -> dict[str, Any]:
    return {"import": import_, "above": [Link(reverse("imports"), _("Import"))]}


def _import(pk: int, *states: Import.State) -> Import:
    light = Import.objects.defer("packed_workbook").select_related("uploaded_by", "started_by", "undone_by")
    import_ = get_object_or_404(light, pk=pk)
    if states and import_.state not in states:
        raise Http404
    return import_


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("import", args=[pk])
        return response
    return redirect("import", pk)


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="samtall-{slugify(name)}.xlsx"'
    return response
