"""Giving a document out. Whether the reader may have it is for the calling room to ask first."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from samtall.documents import disk
from samtall.documents.models import Document, StoredFile
from samtall.documents.refusals import infected, unscanned


def download(document: Document) -> HttpResponse:
    """A file to save, never shown in the browser. Raises DocumentRefused (F5, F8), and Http404 when it is gone."""
    file = document.file
    if file.state == StoredFile.State.QUARANTINED:
        raise unscanned()
    if file.state == StoredFile.State.REFUSED:
        raise infected(document.name)
    try:
        content = disk.path_of(file.name).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=file.type)
    response["Content-Disposition"] = content_disposition_header(True, document.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
