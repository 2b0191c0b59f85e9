"""Norwegian organisation numbers: nine digits, the last a check digit (modulus 11, weights 3 2 7 6 5 4 3 2)."""

import re

from django.utils.translation import gettext as _
from stdnum.no import orgnr

from samtall.base.errors import Refusal

_SURROUNDINGS = re.compile(r"^(NO)?\s*(.*?)\s*(MVA)?$", re.IGNORECASE | re.DOTALL)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class InvalidNumber(Refusal):
    """A text that is not a Norwegian organisation number."""


def check(number: str) -> str:
    """The nine digits of an organisation number written with or without spaces, "NO" before it or "MVA" after it.

    Raises InvalidNumber for anything else, also for a number that a spreadsheet has made into "974760673.0".
    """
    digits = number if _nine_digits(number) else _without_surroundings(number)
    if not _nine_digits(digits):
        raise InvalidNumber(
            _("“%(number)s” is not an organisation number. It has nine digits, for example 974 760 673.")
            % {"number": number[:40]}
        )
    if orgnr.checksum(digits):
        raise InvalidNumber(
            _("The organisation number %(number)s has a wrong check digit. Check it against the source.")
            % {"number": format_number(digits)}
        )
    return digits


def is_number(digits: str) -> bool:
    """Whether this is nine digits, the last a right check digit."""
    return _nine_digits(digits) and not orgnr.checksum(digits)


def _nine_digits(text: str) -> bool:
    return len(text) == 9 and text.isascii() and text.isdigit()


def _without_surroundings(number: str) -> str:
    match = _SURROUNDINGS.match(number.strip())
    return _SPACES.sub("", match[2] if match else number)


def format_number(number: str) -> str:
    """Nine digits in groups of three, joined by no-break spaces; any other text unchanged."""
    if _nine_digits(number):
        return f"{number[:3]}\u00a0{number[3:6]}\u00a0{number[6:]}"
    return number
