"""Why a file is not taken, in the words of the one who sends it; the codes are those of the bad-input catalogue."""

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.documents.verdict import Verdict

ALLOWED = "PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TXT"


class DocumentRefused(Refusal):
    """The file cannot be taken, or not be given out (F1–F8)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def refusal_of(verdict: Verdict, name: str) -> DocumentRefused:
    """The guard's verdict in words."""
    return DocumentRefused(verdict.code, _words(verdict, name))


def _words(verdict: Verdict, name: str) -> str:
    found = {"name": name, "found": verdict.found, "limit": verdict.limit, "allowed": ALLOWED}
    match verdict.code:
        case "F1" if not verdict.found:
            return _("The name of the file has no ending that says what it is. Allowed: %(allowed)s.") % found
        case "F1":
            return _("Files of type .%(found)s cannot be uploaded. Allowed: %(allowed)s.") % found
        case "F2":
            return _("The content is not what the name says (%(name)s is %(found)s).") % found
        case "F3":
            return _("The file is too large: %(found)s. The limit is %(limit)s.") % found
        case "F6" if verdict.found == "password":
            return _("The file is locked with a password, so it cannot be checked. Save it without, or as a plain PDF.")
        case "F6":
            return (
                _("The file has active content (%(found)s), so it cannot be checked. Save it as a plain PDF.") % found
            )
        case _:
            return _("The file is empty or did not arrive whole. Upload it again.")


def infected(name: str) -> DocumentRefused:
    return DocumentRefused(
        "F5", _("The virus scanner stopped the file (%(name)s). It was not stored.") % {"name": name}
    )


def too_many(limit: int) -> DocumentRefused:
    return DocumentRefused(
        "F7", _("There are %(limit)d files here already, which is the most. Delete one first.") % {"limit": limit}
    )


def too_much(limit: int) -> DocumentRefused:
    words = _("You have uploaded %(limit)d MB, which is the most. Delete something first.")
    return DocumentRefused("F7", words % {"limit": limit // 1_000_000})


def unscanned() -> DocumentRefused:
    return DocumentRefused("F8", _("The file waits for the virus check. Try again shortly."))
