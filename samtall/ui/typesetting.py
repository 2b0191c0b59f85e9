"""Paper: data laid out by Typst as a PDF that screen readers can follow (PDF/UA-1); it refuses one that they cannot."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import typst

#: What is printed for a sign that the typeface does not have, such as an emoji.
STAND_IN = "▯"

_LACKING = re.compile(r"error: PDF/UA-1 error: the text `\"((?:[^\"\\]|\\.)+)\"` could not be displayed")


def typeset(layout: Path, paper: Any, *, at: datetime) -> bytes:
    """What `paper` says, laid out by a Typst file that reads it from `sys.inputs.paper`; the same bytes each time.

    `at` is written in the file as its date.
    """
    lacking: set[str] = set()
    while True:  # once more when signs are lacking, for only then are they known
        try:
            return _compiled(layout, cleaned(paper, partial(_without, lacking)), at)
        except typst.TypstError as error:
            found = {_unescaped(one) for one in _LACKING.findall(error.diagnostic)} - lacking
            if not found:
                raise
            lacking |= found


def cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """The same data with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(one, clean) for key, one in value.items()}
    return [cleaned(one, clean) for one in value] if isinstance(value, list | tuple) else value


def _compiled(layout: Path, paper: Any, at: datetime) -> bytes:
    pdf: bytes = typst.compile(
        layout,
        root=layout.parent,
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
