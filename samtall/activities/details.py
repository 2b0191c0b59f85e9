"""What a kind records beyond what all have in common, read and made fit to keep as JSON."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samtall.activities.kind import Field, FieldType, Kind
from samtall.activities.refusals import Invalid
from samtall.base import reading

#: As JSON: text, whole numbers, decimals as text ("7.5"), dates as ISO text, several dates as a list.
Kept = str | int | list[str]

LARGEST = 1_000_000


def read_details(kind: Kind, given: Mapping[str, Any]) -> dict[str, Kept]:
    """The details of a kind, checked and tidied; what is empty is left out.

    Raises Invalid with a message for each field that cannot be read, is missing, or is unknown to the kind.
    """
    details: dict[str, Kept] = {}
    errors = {
        code: _("%(kind)s has no field called “%(field)s”.") % {"kind": kind.words, "field": code}
        for code in given
        if code not in {field.code for field in kind.fields}
    }
    for field in kind.fields:
        raw = given.get(field.code)
        if raw is None or raw == "" or raw == []:
            if field.required:
                errors[field.code] = _("%(field)s is required.") % {"field": field.words}
            continue
        try:
            details[field.code] = _read(field, raw)
        except reading.Unreadable as unreadable:
            errors[field.code] = f"{field.words}: {unreadable}"
    if errors:
        raise Invalid(errors)
    return details


def shown(field: Field, kept: Any) -> Any:
    """A kept detail as Python has it: Decimal, date, a list of dates; choices as their words."""
    if field.type is FieldType.DECIMAL:
        return Decimal(kept)
    if field.type is FieldType.DATE:
        return date.fromisoformat(kept)
    if field.type is FieldType.DATES:
        return [date.fromisoformat(one) for one in kept]
    if field.type is FieldType.CHOICE:
        return dict(field.choices).get(kept, kept)
    return kept


def _read(field: Field, raw: Any) -> Kept:
    return _choice(field, raw) if field.type is FieldType.CHOICE else _READERS[field.type](raw)


def _text(raw: Any) -> str:
    return reading.read_text(str(raw), most=300)


def _integer(raw: Any) -> int:
    return reading.read_integer(str(raw), least=0, most=LARGEST)


def _decimal(raw: Any) -> str:
    if isinstance(raw, (float, Decimal)):
        raw = format(Decimal(repr(raw)) if isinstance(raw, float) else raw, "f").replace(".", ",")
    read = reading.read_decimal(str(raw), least=Decimal(0), most=Decimal(LARGEST))
    return format(read.normalize(), "f")


def _date(raw: Any) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    return (raw if isinstance(raw, date) else reading.read_date(str(raw))).isoformat()


def _dates(raw: Any) -> list[str]:
    several = raw if isinstance(raw, (list, tuple)) else str(raw).replace(";", ",").replace("\n", ",").split(",")
    return sorted({_date(one) for one in several if str(one).strip()})


def _choice(field: Field, raw: Any) -> str:
    """The code of a choice given as its code or as its words in any language."""
    wanted = str(raw).strip().casefold()
    for code, words in field.choices:
        if wanted in {code.casefold(), *(text.casefold() for text in words.as_dict().values())}:
            return code
    raise reading.Unreadable("V1", _("choose one of the listed options."))


_READERS: dict[FieldType, Callable[[Any], Kept]] = {
    FieldType.TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.DATE: _date,
    FieldType.DATES: _dates,
}
