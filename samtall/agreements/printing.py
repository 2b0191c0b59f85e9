"""An agreement as a PDF that screen readers can follow."""

from datetime import datetime
from pathlib import Path
from typing import Any

from samtall.ui.typesetting import typeset

LAYOUT = Path(__file__).resolve().parent / "data" / "agreement.typ"


def as_pdf(agreement: dict[str, Any], *, at: datetime) -> bytes:
    """What `wording.document` says, laid out; the same bytes each time. `at` is written in the file as its date."""
    return typeset(LAYOUT, agreement, at=at)
