"""Publications on paper: an edition as a PDF, and what has been corrected since as a sheet beside it."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed
from samtall.base import clock
from samtall.base.text import LANGUAGES
from samtall.publications.corrections import corrections
from samtall.publications.models import Edition, Step
from samtall.publications.printing import as_pdf, corrections_as_pdf
from samtall.publications.published import Published
from samtall.publications.views import files
from samtall.publications.views.reading import find
from samtall.ui.writing import short_date


@allowed("publications.read")
@require_safe
def edition(request: HttpRequest, slug: str, number: int, language: str) -> HttpResponse:
    """The PDF in one of the three languages."""
    it = find(request.user, slug, number)
    if language not in LANGUAGES or not it.frozen:
        raise Http404
    with translation.override(language):
        notice = _notice(it)
    pdf = _printed(it.frozen, language, it.checkpoint, notice)
    return _shown(pdf, f"{slug}-{number}-{language}.pdf", language)


@lru_cache(maxsize=12)
def _printed(frozen: str, language: str, checkpoint: str, notice: str) -> bytes:
    """Laid out once, as what is asked for is always the same and setting it takes a second."""
    return as_pdf(Published.of(frozen), language=language, checkpoint=checkpoint, notice=notice)


@allowed("publications.read")
@require_safe
def corrected(request: HttpRequest, slug: str, number: int) -> HttpResponse:  # noqa: ARG001
    """What has been corrected until now, in the reader's language."""
    it = files.find(slug, number)
    found = corrections(it, on=clock.today())
    language = (translation.get_language() or "nb")[:2]
    pdf = corrections_as_pdf(Published.of(it.frozen), found, language=language, at=clock.now())
    return _shown(pdf, f"{slug}-{number}-rettelser.pdf", language)


def _notice(it: Edition) -> str:
    """What must be said on paper of an edition that does not hold: not yet, or no longer."""
    if it.state == Edition.State.PROPOSED:
        return _("This edition is not published. It is shown as it will stand when it is approved.")
    if withdrawn := it.steps.filter(what=Step.What.WITHDRAWN).last():
        said = {"day": short_date(withdrawn.at), "why": withdrawn.why}
        return _("This edition was withdrawn on %(day)s: %(why)s") % said
    return ""


def _shown(pdf: bytes, name: str, language: str) -> HttpResponse:
    said = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": language}
    return HttpResponse(pdf, content_type="application/pdf", headers=said)
