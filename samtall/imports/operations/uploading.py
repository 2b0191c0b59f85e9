"""Taking a spreadsheet in, and saying what its columns hold and what to do with what may be there twice."""

import hashlib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.base.errors import Refusal
from samtall.imports import reader
from samtall.imports.cells import Sheet, Workbook, workbook_from_plain, workbook_to_plain
from samtall.imports.columns import EXPLANATIONS, Layout, national_identity_columns, recognise, sheet_of, signature
from samtall.imports.models import Import, Mapping
from samtall.imports.operations.locking import forget_plan, locked
from samtall.imports.operations.refusals import AlreadyImported
from samtall.imports.packing import packed
from samtall.imports.problems import ImportRefused, Level, Problem, refusal_of
from samtall.imports.suspect import national_identity_cells
from samtall.imports.verdict import FileRefused

State = Import.State


def upload(content: bytes, *, file_name: str, by: User, at: datetime) -> Import:
    """Read a spreadsheet and keep its cells for a preview.

    Of a file that was imported before, the sheets that were left are read. Raises ImportRefused (I1–I6), and then
    nothing of it is kept, and AlreadyImported (I8).
    """
    digest = hashlib.sha256(content).hexdigest()
    same = Import.objects.defer("packed_workbook").filter(file_digest=digest)
    earlier = list(same.filter(state__in=[State.RUNNING, State.DONE]))
    if any(one.state == State.RUNNING for one in earlier):
        raise AlreadyImported(earlier[0])
    try:
        workbook = reader.read(content)
    except FileRefused as refused:
        raise refusal_of(refused.verdict) from refused
    refused_cells = national_identity_columns(workbook) + national_identity_cells(workbook)
    if refused_cells:
        raise ImportRefused(refused_cells)
    if earlier:
        workbook.sheets = _not_read_yet(workbook, earlier)
    if not any(sheet.rows for sheet in workbook.sheets):
        raise ImportRefused(
            [Problem("I5", Level.ERROR, _("The file has no rows."), _("Upload a file with headings and rows."))]
        )
    import_ = Import(
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:] or "–",
        file_digest=digest,
        packed_workbook=packed(workbook_to_plain(workbook)),
        sheet_rows=sum(len(sheet.rows) for sheet in workbook.sheets),
        layout=layout_of(workbook).to_plain(),
        uploaded_by=by,
        uploaded_at=at,
    )
    import_.full_clean()
    import_.save()
    return import_


def _not_read_yet(workbook: Workbook, earlier: Sequence[Import]) -> list[Sheet]:
    """The sheets that no earlier import of the file took in. Raises AlreadyImported when none of them is a list."""
    read = {name for one in earlier for name in Layout.from_plain(one.layout).sheets}
    rest = [sheet for sheet in workbook.sheets if sheet.name not in read and sheet.name not in EXPLANATIONS]
    if not rest or not recognise(replace(workbook, sheets=rest)).header_row:
        raise AlreadyImported(earlier[0])
    return rest


def layout_of(workbook: Workbook) -> Layout:
    """The layout as recognised, or as somebody has said before for the same headings."""
    layout = recognise(workbook)
    remembered = Mapping.objects.filter(signature=signature(sheet_of(workbook, layout), layout)).first()
    if remembered is not None:
        layout.columns |= {int(column): code for column, code in remembered.columns.items()}
        layout.kind = remembered.kind
    return layout


def _layout_of_sheet(workbook: Workbook, name: str) -> Layout:
    """The layout when another sheet is chosen: its columns are recognised anew."""
    return recognise(replace(workbook, sheets=[sheet for sheet in workbook.sheets if sheet.name == name]))


def workbook_of(import_: Import) -> Workbook:
    """The cells of an import that is not yet recorded."""
    return workbook_from_plain(import_.plain_workbook())


def map_columns(
    import_: Import,
    columns: MappingOf[int, str],
    *,
    kind: str = "",
    header_row: int | None = None,
    sheets: Sequence[str] | None = None,
    sheet_holds: str = "",
    by: User,
    at: datetime,
) -> Import:
    """Say by hand what the columns hold, for this import and for the next sheet with the same headings."""
    layout = Layout.from_plain(import_.layout)
    layout.columns |= columns
    layout.kind, layout.sheet_holds = kind, sheet_holds
    if sheets and sheets[0] != layout.sheet and layout.sheet not in sheets:
        layout = _layout_of_sheet(workbook_of(import_), sheets[0])
    if sheets:
        layout.more_sheets = [name for name in sheets if name != layout.sheet]
    if header_row is not None and layout.sheet in (sheets or [layout.sheet]):
        layout.header_row = header_row
    with transaction.atomic():
        locked(import_, State.PREVIEW)
        forget_plan(import_)
        import_.layout = layout.to_plain()
        import_.save(update_fields=["layout"])
        Mapping.objects.update_or_create(
            signature=signature(sheet_of(workbook_of(import_), layout), layout),
            defaults={"columns": layout.to_plain()["columns"], "kind": kind, "made_by": by, "made_at": at},
        )
    return import_


def answer_duplicates(import_: Import, answer: str, *, reason: str = "") -> Import:
    """Say whether what may be there twice is left out ("skip") or counts both times ("count", with a reason)."""
    if answer == Import.Duplicates.COUNT and not reason.strip():
        raise Refusal(_("Write why both should count."))
    with transaction.atomic():
        locked(import_, State.PREVIEW)
        forget_plan(import_)
        import_.duplicates, import_.duplicates_reason = Import.Duplicates(answer).value, reason.strip()[:300]
        import_.save(update_fields=["duplicates", "duplicates_reason"])
    return import_


def discard(import_: Import) -> None:
    """Delete a preview and the cells it was made from."""
    with transaction.atomic():
        locked(import_, State.PREVIEW, State.PLANNING)
        import_.delete()
