"""A publication as a PDF that screen readers can follow (PDF/UA-1). Typst refuses to make one that they cannot."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from samtall.publications import printed
from samtall.publications.corrections import Correction
from samtall.publications.freezing import checksum, written
from samtall.publications.published import Published

LAYOUT = Path(__file__).resolve().parent / "data" / "publication.typ"
#: What is printed for a sign that the typeface does not have, such as an emoji.
STAND_IN = "▯"

_LACKING = re.compile(r"error: PDF/UA-1 error: the text `\"((?:[^\"\\]|\\.)+)\"` could not be displayed")


def as_pdf(published: Published, *, language: str, checkpoint: str = "", notice: str = "") -> bytes:
    """A frozen edition in nb, nn or en: the same bytes each time. `notice` says on every page why it does not hold."""
    with translation.override(language):
        paper = printed.edition(
            published, address=address(published), checksum=_checksum(published), checkpoint=checkpoint, notice=notice
        )
    return _laid_out(paper, published.frozen_at)


def corrections_as_pdf(
    published: Published, corrections: Sequence[Correction], *, language: str, at: datetime
) -> bytes:
    """What has been corrected since, as the books stood at a moment."""
    with translation.override(language):
        paper = printed.corrections(
            published, corrections, address=address(published), checksum=_checksum(published), at=at
        )
    return _laid_out(paper, at)


def address(published: Published) -> str:
    """Where an edition stands for ever."""
    return f"{settings.ADDRESS}{reverse('edition', args=[published.slug, published.number])}"


def _checksum(published: Published) -> str:
    return checksum(written(published.kept))


def _laid_out(paper: Any, at: datetime) -> bytes:
    """Laid out once more when signs are lacking, for only then are they known."""
    lacking: set[str] = set()
    while True:
        try:
            return _typeset(printed.cleaned(paper, partial(_without, lacking)), at)
        except typst.TypstError as error:
            found = {_unescaped(one) for one in _LACKING.findall(error.diagnostic)} - lacking
            if not found:
                raise
            lacking |= found


def _typeset(paper: Any, at: datetime) -> bytes:
    pdf: bytes = typst.compile(
        LAYOUT,
        root=LAYOUT.parent,
        sys_inputs={"paper": json.dumps(paper)},
        ignore_system_fonts=True,  # the fonts come with Typst, and are the same on every machine
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return pdf


def _without(lacking: set[str], text: str) -> str:
    for sign in sorted(lacking, key=len, reverse=True):
        text = text.replace(sign, STAND_IN)
    return text


def _unescaped(text: str) -> str:
    r"""A text as Typst tells of it: \u{200d} is one sign."""
    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|(.))", lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)
