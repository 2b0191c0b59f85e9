"""What people type, read strictly: accepted and tidied, or refused with a reason they can act on."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

import phonenumbers
from django.utils.translation import gettext as _
from stdnum.no import fodselsnummer

from samtall.base.errors import Refusal

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
LARGEST = 2_147_483_647

#: Characters that cannot be seen: zero-width ones, soft hyphen, marks and overrides of writing direction.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
#: Letters that were joined for print and come along when text is copied from a PDF.
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_WHOLE = re.compile(r"-?(?:[0-9]{1,30}|[0-9]{1,3}(?:[ .][0-9]{3}){1,9})")
_DECIMALS = re.compile(r"[0-9]{1,20}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")
_ELEVEN_DIGITS = re.compile(r"(?<!\d)(\d{6})[\s.\-\u00a0]?(\d{5})(?!\d)")
_UNREACHABLE = re.compile(r"(?:.*\.)?(?:localhost|invalid|local)|\[.*\]")


class Unreadable(Refusal):
    """A value that cannot be used; `code` is stable (T1, N2, D1 …), the message is for the one who typed it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_text(raw: str, *, most: int = 300, lines: bool = False) -> str:
    """Composed (NFC), without invisible characters, with single spaces; line breaks are kept when `lines`.

    Raises T1 when nothing is left, T2 beyond `most` characters, T3 for characters that cannot be stored, and T4 for a
    national identity number, which is not repeated.
    """
    text = tidy(raw, lines=lines)
    if not text:
        raise Unreadable("T1", _("Fill in this field."))
    if len(text) > most:
        raise Unreadable(
            "T2",
            _("Write at most %(most)d characters; there are %(count)d here.") % {"most": most, "count": len(text)},
        )
    for position, character in enumerate("" if text.isprintable() else text, start=1):
        if character != "\n" and _cannot_be_stored(character):
            raise Unreadable(
                "T3",
                _("Character number %(position)d (%(character)s) cannot be stored. Remove it and try again.")
                % {"position": position, "character": f"U+{ord(character):04X}"},
            )
    _refuse_identity_number(text)
    return text


def _refuse_identity_number(text: str) -> None:
    if holds_identity_number(text):
        raise Unreadable("T4", _("There is a national identity number here. We never keep those: take it out."))


def holds_identity_number(text: str) -> bool:
    """Whether a national identity number (or D-number) stands in a text, whatever stands around it."""
    return len(text) > 10 and any(fodselsnummer.is_valid(first + last) for first, last in _ELEVEN_DIGITS.findall(text))


def tidy(raw: str, *, lines: bool = False) -> str:
    """What `read_text` makes of a text before it judges it."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE).translate(_LIGATURES)
    text = unicodedata.normalize("NFC", text)
    kept = [" ".join(re.split(r"[^\S\x1c-\x1f\x85]+", line)).strip() for line in text.split("\n")]
    if lines:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return " ".join(line for line in kept if line)


def read_integer(raw: str, *, least: int = 0, most: int = LARGEST) -> int:
    """A whole number in the digits 0–9; 12 000 and 12.000 are twelve thousand. Raises T1, N1, N2."""
    text = _number_text(raw)
    if not _WHOLE.fullmatch(text):
        raise Unreadable("N1", _("Write a whole number, for example 12."))
    number = int(text.replace(" ", "").replace(".", ""))
    if not least <= number <= most:
        raise _out_of_bounds(str(least), str(most))
    return number


def read_decimal(raw: str, *, least: Decimal | int = 0, most: Decimal | int = LARGEST, places: int = 3) -> Decimal:
    """A number with at most `places` decimals after a comma: 1 250 000,50 or 1.250.000,50. Raises T1, N1, N2."""
    whole, comma, decimals = _number_text(raw).partition(",")
    if not _WHOLE.fullmatch(whole) or (comma and not _DECIMALS.fullmatch(decimals)):
        raise Unreadable("N1", _("Write a number with a comma before the decimals, for example 12,5."))
    if len(decimals) > places:
        raise Unreadable("N1", _("Write at most %(places)d decimals.") % {"places": places})
    number = Decimal(whole.replace(" ", "").replace(".", "") + (f".{decimals}" if decimals else ""))
    if not least <= number <= most:
        raise _out_of_bounds(str(least).replace(".", ","), str(most).replace(".", ","))
    return number


def read_date(raw: str, *, first: date = FIRST_DAY, last: date = LAST_DAY) -> date:
    """31.01.2017, 31.1.17 or 2017-01-31; years in two digits are 1969–2068. Raises T1, D1, D2."""
    text = _required(raw)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    else:
        raise _no_such_date()
    century = 0 if len(year) == 4 else 2000 if int(year) <= 68 else 1900
    try:
        read = date(century + int(year), int(month), int(day))
    except ValueError:
        raise _no_such_date() from None
    if not first <= read <= last:
        raise Unreadable(
            "D2",
            _("Write a date between %(first)s and %(last)s.")
            % {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"},
        )
    return read


def read_email(raw: str) -> str:
    """One address, its domain in small letters. Raises T1, M1 (not an address), M2 (no mail can reach it), T4."""
    if re.search(r"[\x00-\x1f\x7f]", raw.strip()):
        raise _no_address()
    text = _required(raw)
    local, at, domain = text.rpartition("@")
    domain = domain.lower()
    if not at or len(text) > 254 or len(local) > 64 or not _LOCAL_PART.fullmatch(local):
        raise _no_address()
    if _UNREACHABLE.fullmatch(domain):
        raise Unreadable("M2", _("We cannot send e-mail to %(domain)s. Use another address.") % {"domain": domain})
    if not _DOMAIN.fullmatch(domain):
        raise _no_address()
    _refuse_identity_number(local)
    return f"{local}@{domain}"


def read_phone(raw: str) -> str:
    """A telephone number as it is written abroad: +47 35 57 50 00. Without +, it is Norwegian. Raises T1, M3."""
    text = _required(raw)
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or len(text) > 40:
        raise Unreadable("M3", _("This does not look like a telephone number. Write it like 35 57 50 00."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _required(raw: str) -> str:
    text = tidy(raw)
    if not text:
        raise Unreadable("T1", _("Fill in this field."))
    return text


def _number_text(raw: str) -> str:
    return _required(raw).replace("\N{MINUS SIGN}", "-")


def _cannot_be_stored(character: str) -> bool:
    """Control characters, half surrogates and code points that Unicode has set aside as no character."""
    code = ord(character)
    return unicodedata.category(character) in ("Cc", "Cs") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _out_of_bounds(least: str, most: str) -> Unreadable:
    return Unreadable("N2", _("Write a number between %(least)s and %(most)s.") % {"least": least, "most": most})


def _no_such_date() -> Unreadable:
    return Unreadable("D1", _("There is no such date. Write day.month.year, for example 31.01.2027."))


def _no_address() -> Unreadable:
    return Unreadable("M1", _("This does not look like an e-mail address. Write it like name@example.no."))
