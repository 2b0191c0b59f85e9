"""The personal data in files that are kept as evidence."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.base.traces import naming
from samtall.documents.models import Document
from samtall.documents.naming import names
from samtall.documents.operations import remove


def held(subject: Subject) -> list[Held]:
    mine = Document.objects.filter(uploaded_by__in=[f"user:{pk}" for pk in subject.users])
    found = {one.pk: one for one in mine} | {one.pk: one for one in _named(subject)}
    return [Held(_("File"), [(_("Name"), one.name)], when=one.uploaded_at) for one in found.values()]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Delete files that are called after somebody; those of an activity are looked into by the activities."""
    for document in _named(subject):
        remove(document)


def look_into(documents: "QuerySet[Document]", subject: Subject, *, alone: bool) -> list[Document]:
    """Delete those that name somebody, or are about nobody else (`alone`); gives those that a person must look into."""
    left = []
    for document in documents.select_related("file"):
        told = True if alone else names(document.file, subject.words_of_their_own)
        if told:
            remove(document)
        elif told is None:
            left.append(document)
    return left


def _named(subject: Subject) -> list[Document]:
    return list(naming("documents.Document", ("name",), subject.words)) if subject.words else []


def _kept() -> "QuerySet[Any]":
    return Document.objects.annotate(since=F("uploaded_at"))


PROCESSING = (
    Processing(
        code="documents",
        words=Words("Filer som dokumentasjon", "Filer som dokumentasjon", "Files as evidence"),
        purpose=Words(
            "Å kunne vise at det som telles, har funnet sted.",
            "Å kunne vise at det som blir talt, har funne stad.",
            "To be able to show that what is counted took place.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "De som er nevnt i avtaler, referater og deltakerlister",
            "Dei som er nemnde i avtalar, referat og deltakarlister",
            "Those named in agreements, minutes and attendance lists",
        ),
        data=Words(
            "Det filene inneholder, og hva de heter",
            "Det filene inneheld, og kva dei heiter",
            "What the files hold, and what they are called",
        ),
        seen_by=Words(
            "Koordinatorer, godkjennere og personvernansvarlige",
            "Koordinatorar, godkjennarar og personvernansvarlege",
            "Coordinators, validators and those who answer for data protection",
        ),
        kept=Words("%(days)d dager.", "%(days)d dagar.", "%(days)d days."),
        fields={"documents.Document": ("name",), "documents.StoredFile": ("name", "found")},
        texts=(Text("documents.Document", ("name",)),),
        held=held,
        erase=erase,
        limit=Limit(setting="DOCUMENTS_KEPT_DAYS", waiting=_kept),
    ),
)
