"""A publication as a PDF that screen readers can follow."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from samtall.publications import printed
from samtall.publications.corrections import Correction
from samtall.publications.freezing import checksum, written
from samtall.publications.published import Published
from samtall.ui.typesetting import typeset

LAYOUT = Path(__file__).resolve().parent / "data" / "publication.typ"


def as_pdf(published: Published, *, language: str, checkpoint: str = "", notice: str = "") -> bytes:
    """A frozen edition in nb, nn or en: the same bytes each time. `notice` says on every page why it does not hold."""
    with translation.override(language):
        paper = printed.edition(
            published, address=address(published), checksum=_checksum(published), checkpoint=checkpoint, notice=notice
        )
    return typeset(LAYOUT, paper, at=published.frozen_at)


def corrections_as_pdf(
    published: Published, corrections: Sequence[Correction], *, language: str, at: datetime
) -> bytes:
    """What has been corrected since, as the books stood at a moment."""
    with translation.override(language):
        paper = printed.corrections(
            published, corrections, address=address(published), checksum=_checksum(published), at=at
        )
    return typeset(LAYOUT, paper, at=at)


def address(published: Published) -> str:
    """Where an edition stands for ever."""
    return f"{settings.ADDRESS}{reverse('edition', args=[published.slug, published.number])}"


def _checksum(published: Published) -> str:
    return checksum(written(published.kept))
