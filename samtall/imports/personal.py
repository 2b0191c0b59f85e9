"""The personal data in spreadsheets that were brought in: their cells until all is recorded, remarks after that."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.personal import PUBLIC_TASK, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.base.traces import pattern
from samtall.imports.models import Import
from samtall.imports.packing import unpacked

_PLANS = ("packed_head", "packed_problems", "packed_left_out", "packed_organisations", "packed_overlaps")
_UNRECORDED = (Import.State.PLANNING, Import.State.PREVIEW)


class BeingRecorded(Refusal):
    """A spreadsheet that names somebody is being recorded at this moment."""


def held(subject: Subject) -> list[Held]:
    return [
        Held(_("Spreadsheet that names you"), [(_("File"), one.file_name)], when=one.uploaded_at)
        for one in _naming(subject)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Discard what is not yet recorded and names somebody; whoever uploaded it takes the row out and uploads it again.

    Raises BeingRecorded: what is under way is soon over.
    """
    for one in _naming(subject):
        if one.state not in _UNRECORDED:
            raise BeingRecorded(
                _("A spreadsheet that holds this person is being saved just now. Try again in a few minutes.")
            )
        one.delete()


def _naming(subject: Subject) -> Iterator[Import]:
    """The imports whose cells, or what they would become, hold an address or a name."""
    if not subject.words:
        return
    found = pattern(subject.words)
    for one in Import.objects.exclude(packed_workbook=b"").order_by("pk").iterator(chunk_size=5):
        plan = getattr(one, "stored_plan", None)
        kept = [one.packed_workbook, *(getattr(plan, name) for name in _PLANS if plan is not None)]
        kept += [batch.packed for batch in one.batches.all()]
        if any(found.search(text) for content in kept if content for text in _texts(unpacked(content))):
            yield one


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for key, value in plain.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def _unrecorded() -> "QuerySet[Any]":
    return Import.objects.filter(state__in=_UNRECORDED).annotate(since=F("uploaded_at"))


def _end(imports: list[Any], _at: datetime) -> None:
    Import.objects.filter(pk__in=imports, state__in=_UNRECORDED).delete()


PROCESSING = (
    Processing(
        code="imports",
        words=Words("Innhentede regneark", "Innhenta rekneark", "Imported spreadsheets"),
        purpose=Words(
            "Å hente inn lister som skolene og virksomhetene fører selv.",
            "Å hente inn lister som skulane og verksemdene fører sjølve.",
            "To bring in lists that schools and organisations keep themselves.",
        ),
        basis=PUBLIC_TASK,
        whose=Words("De som står i listene", "Dei som står i listene", "Those in the lists"),
        data=Words(
            "Navn, e-postadresse og merknader i radene",
            "Namn, e-postadresse og merknader i radene",
            "Names, e-mail addresses and remarks in the rows",
        ),
        seen_by=Words("Koordinatorer", "Koordinatorar", "Coordinators"),
        kept=Words(
            "Selve filen lagres aldri. Cellene: til alt er registrert, og uregistrert høyst %(days)d dager.",
            "Sjølve fila blir aldri lagra. Cellene: til alt er registrert, og uregistrert høgst %(days)d dagar.",
            "The file itself is never kept. Its cells: until everything is recorded, and unrecorded at most %(days)d "
            "days.",
        ),
        fields={
            "imports.Import": ("file_name", "packed_workbook", "layout", "answers", "duplicates_reason", "undo_reason"),
            "imports.StoredPlan": _PLANS,
            "imports.PlannedBatch": ("packed",),
            "imports.ImportedActivity": ("kept", "resembles_because"),
        },
        texts=(
            Text("imports.Import", ("file_name", "layout", "answers", "duplicates_reason", "undo_reason")),
            Text("imports.ImportedActivity", ("kept", "resembles_because"), "activity__participations__person_key__in"),
        ),
        held=held,
        erase=erase,
        limit=Limit(setting="IMPORTS_KEPT_DAYS", waiting=_unrecorded, end=_end),
    ),
)
