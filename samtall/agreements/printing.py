"""An agreement as a PDF that screen readers can follow (PDF/UA-1). Typst refuses to make one that they cannot."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

LAYOUT = Path(__file__).resolve().parent / "data" / "agreement.typ"


def as_pdf(agreement: dict[str, Any], *, at: datetime) -> bytes:
    """What `wording.document` says, laid out; the same bytes each time. `at` is written in the file as its date."""
    pdf: bytes = typst.compile(
        LAYOUT,
        root=LAYOUT.parent,
        sys_inputs={"agreement": json.dumps(agreement)},
        ignore_system_fonts=True,  # the font comes with Typst, and is the same on every machine
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return pdf
