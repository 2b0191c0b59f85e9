"""Numbers as people write them: 10 stk and ti are ten; ca. 10, 10–12 and noen are estimates, never made exact (R17)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from samtall.base.reading import Unreadable, read_decimal, tidy

WORDS = {
    word: number
    for number, words in (
        *((0, "ingen null"), (1, "en ei én ett"), (2, "to"), (3, "tre"), (4, "fire"), (5, "fem"), (6, "seks")),
        *((7, "sju syv"), (8, "åtte"), (9, "ni"), (10, "ti"), (11, "elleve"), (12, "tolv"), (13, "tretten")),
        *((14, "fjorten"), (15, "femten"), (16, "seksten"), (17, "sytten"), (18, "atten"), (19, "nitten")),
        *((20, "tjue"), (30, "tretti"), (40, "førti"), (50, "femti"), (100, "hundre")),
    )
    for word in words.split()
}
_ABOUT = re.compile(
    r"(?:ca|cirka|circa|omtrent|omkring|rundt|om lag|omlag|anslagsvis|minst|over|under|nesten|opptil|inntil|opp mot"
    r"|mellom|noen|nokre|flere|fleire|mange|et par|eit par|about|approx|around)\b|[~≈<>±]"
)
_RANGE = re.compile(r"\d[\d ]*(?:,\d+)? ?(?:-|–|—|til|/|eller) ?\d")
_OPEN = re.compile(r"\d ?(?:\+|\?|\(\?\))")
_THING = re.compile(r"(?P<number>[\d., ]*\d|[a-zåæøé]+) ?(?P<thing>[a-zåæøé]+(?: [a-zåæøé]+)?)?\.?")


@dataclass(frozen=True)
class Estimate:
    """A number that whoever wrote it did not know exactly."""

    text: str


def number_in(written: str) -> Decimal | Estimate | None:
    """The number that a text says, that it is an estimate, or None where it is neither."""
    text = tidy(written).casefold()
    if _ABOUT.match(text) or _RANGE.search(text) or _OPEN.search(text):
        return Estimate(tidy(written))
    match = _THING.fullmatch(text)
    if match is None:
        return None
    number = match["number"].strip()
    if number in WORDS:
        return Decimal(WORDS[number])
    try:
        return read_decimal(number)
    except Unreadable:
        return None
