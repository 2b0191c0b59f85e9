"""PDFs are kept as they came, so that a signature in them holds; what is active, hidden or locked is refused."""

from io import BytesIO
from typing import Any

import pikepdf

from samtall.documents.verdict import DocumentBad

#: What a dictionary in a PDF that does something, or has a file in it, holds as a key …
ACTIVE_KEYS = {"/JS": "JavaScript", "/EF": "file", "/XFA": "XFA", "/RichMedia": "media", "/AA": "action"}
#: … or as its action.
ACTIVE_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/SubmitForm": "SubmitForm",
    "/ImportData": "ImportData",
    "/GoToE": "GoToE",
    "/GoToR": "GoToR",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}
SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
LAST_BYTES = 1_024


def checked(content: bytes, _ending: str) -> bytes:
    if b"%%EOF" not in content[-LAST_BYTES:]:
        raise DocumentBad("F4")
    if any(tag in content[:LAST_BYTES].lower() for tag in (b"<html", b"<script")):
        raise DocumentBad("F2", "text/html")
    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise DocumentBad("F6", "password")
            if not len(document.pages):
                raise DocumentBad("F4")
            for thing in document.objects:
                _refuse_active(thing, depth=0)
    except pikepdf.PasswordError as error:
        raise DocumentBad("F6", "password") from error
    except pikepdf.PdfError as error:
        raise DocumentBad("F4") from error
    return content


def _refuse_active(thing: Any, *, depth: int) -> None:
    """Look through one object, without following what it refers to: every object comes by itself."""
    if depth > 50:
        raise DocumentBad("F4")
    if isinstance(thing, pikepdf.Array):
        children = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        _refuse_entries(thing)
        children = [thing[key] for key in thing.keys()]  # noqa: SIM118 (streams are not iterable)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _refuse_active(child, depth=depth + 1)


def _refuse_entries(thing: Any) -> None:
    for key, what in ACTIVE_KEYS.items():
        if key in thing:
            raise DocumentBad("F6", what)
    action = str(thing.get("/S", ""))
    if action in ACTIVE_ACTIONS:
        raise DocumentBad("F6", ACTIVE_ACTIONS[action])
    if action == "/URI" and not str(thing.get("/URI", "")).lower().startswith(SAFE_LINKS):
        raise DocumentBad("F6", "URI")
