"""Which standard an industry code belongs to. The register went from SN2007 to SN2025 in the autumn of 2025."""

from datetime import date
from functools import cache
from pathlib import Path

SN2007 = "SN2007"
SN2025 = "SN2025"

#: From this day on the register's codes are read as SN2025. Extracts of 28 February and 29 September 2025 show that
#: it changed between them (docs/adr/0007).
CHANGED_ON = date(2025, 9, 1)

#: How the register writes "not stated".
NOT_STATED = "00.000"

_ONLY_SN2025 = Path(__file__).parent / "data" / "sn2025_only.txt"


@cache
def only_in_sn2025() -> frozenset[str]:
    """The codes that tell by themselves that they are of SN2025."""
    lines = _ONLY_SN2025.read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def standard_of(code: str, on: date) -> str:
    """SN2007 or SN2025 for a code that a register gave on a day; "" for no code.

    A code that only SN2025 has is of SN2025 whatever the day; any other may be of either, and the day decides.
    """
    if not code:
        return ""
    return SN2025 if on >= CHANGED_ON or code in only_in_sn2025() else SN2007
