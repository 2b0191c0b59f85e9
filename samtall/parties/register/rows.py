"""What a record of an extract says of one unit, with the traps of real files taken out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.history import Said
from samtall.parties.industry import NOT_STATED, standard_of
from samtall.parties.legal_forms import PERSONS, SUB_UNITS, code_of_form
from samtall.parties.models import Attributes
from samtall.parties.numbers import check
from samtall.parties.register.columns import Kind
from samtall.parties.register.files import Record
from samtall.parties.size_classes import size_class

_INDUSTRY = re.compile(r"(\d{1,2})\.(\d{1,3})", re.ASCII)
#: The register's CSV writes the lines of an address with "/n" between them; "v/nils" is none.
_LINE_BREAK = re.compile(r"\n|(?<!v)/n")
#: From here on a line names a person to deliver to.
_CARE_OF = re.compile(r"(?:^|[\s,])(?:c/o|co/|v/|att\b).*", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z]+:/*)?(?:www\.)?((?:[\w-]{1,63}\.)+[a-z]{2,63})(?:[:/?#].*)?", re.IGNORECASE | re.DOTALL)
#: The graver one first.
_STATUSES = {
    "bankrupt": Attributes.Status.BANKRUPT,
    "dissolution": Attributes.Status.DISSOLUTION,
    "winding_up": Attributes.Status.WINDING_UP,
}
_WHOLE = re.compile(r"(\d{1,9})(\.0)?", re.ASCII)


class BadRow(Refusal):
    """A record that cannot be kept; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit on the day of the extract. `said` is for `history.observe`, empty for a unit that is deleted."""

    number: str
    name: str
    form: str
    owner: str
    closed_on: date | None
    industry_name: str
    said: Said


def read_row(record: Record, kind: Kind, dated: date, municipality_code: Callable[[str], str]) -> Row:
    """Make a record into a row. Raises BadRow or numbers.InvalidNumber.

    `municipality_code` finds the code of a municipality's name on the day of the extract.
    """
    number = check(_without_decimals(record["number"]))
    name = " ".join(record["name"].split())
    if not name or len(name) > 300:
        raise BadRow(_("the name is missing or longer than 300 characters"))
    form = record.get("form", "").strip() or code_of_form(record.get("form_name", ""))
    if form and (form in SUB_UNITS) != (kind is Kind.UNDERENHETER):
        raise BadRow(_("the form %(form)s does not belong in a file of %(kind)s") % {"form": form, "kind": kind.value})
    deleted = _date(record.get("deleted", ""))
    owner = record.get("owner", "").strip()
    if kind is Kind.UNDERENHETER and not (owner or deleted):
        raise BadRow(_("the work site has no owner"))
    owner = check(_without_decimals(owner)) if owner else ""
    return Row(
        number,
        name,
        form,
        owner,
        deleted or _date(record.get("ended", "")),
        record.get("industry_name", "").strip()[:300],
        {} if deleted else _said(record, dated, municipality_code) | _of_the_unit(record, name, form, owner),
    )


def _of_the_unit(record: Record, name: str, form: str, owner: str) -> Said:
    """What names it and ties it to others. The address of a person is a home, and is not kept."""
    said: Said = {"name": name}
    if "owner" in record:
        said["owner"] = owner
    if "street" in record:
        said["street"] = "" if form in PERSONS else _street(record["street"])
    if "website" in record:
        said["domain"] = _domain(record["website"])
    if "bankrupt" in record:
        said["status"] = next((status for name, status in _STATUSES.items() if _true(record.get(name, ""))), "")
    return said


def _said(record: Record, dated: date, municipality_code: Callable[[str], str]) -> Said:
    said: Said = {}
    if "industry" in record:
        said["industry"] = _industry(record["industry"])
        said["industry_standard"] = standard_of(said["industry"], dated)
    if "sector" in record:
        said["sector"] = _code(record["sector"])
    if "employees" in record:
        said["employees"], said["size_class"] = _employees(record["employees"])
    if "municipality" in record:
        said["municipality"] = _code(record["municipality"])
    elif "municipality_name" in record:
        said["municipality"] = municipality_code(record["municipality_name"].strip())
    if "postal_code" in record:
        said["postal_code"] = _code(record["postal_code"])
    return said


def _without_decimals(number: str) -> str:
    """A spreadsheet makes 974760673 into 974760673.0."""
    return number.strip().removesuffix(".0")


def _code(text: str) -> str:
    """A four-digit code, also where a spreadsheet ate the leading zero; "" for others, as foreign postal codes."""
    whole = _WHOLE.fullmatch(text.strip())
    return whole[1].zfill(4) if whole and 3 <= len(whole[1]) <= 4 else ""


def _industry(text: str) -> str:
    """`01.110`, also from `1.11` which a spreadsheet makes of it; "" when not stated."""
    code = _INDUSTRY.fullmatch(text.strip())
    if not code:
        if text.strip():
            raise BadRow(_("“%(text)s” is not an industry code") % {"text": text.strip()[:20]})
        return ""
    whole = f"{code[1].zfill(2)}.{code[2].ljust(3, '0')}"
    return "" if whole == NOT_STATED else whole


def _employees(text: str) -> tuple[int | None, str]:
    """How many, and the size class. The register withholds counts below five: empty is below five, not zero."""
    if not text.strip():
        return None, size_class(0)
    whole = _WHOLE.fullmatch(text.strip())
    if not whole:
        raise BadRow(_("“%(text)s” is not a number of employees") % {"text": text.strip()[:20]})
    return int(whole[1]), size_class(int(whole[1]))


def _street(text: str) -> str:
    """The lines of an address in one, without who to deliver to."""
    lines = (" ".join(_CARE_OF.sub("", line).split()) for line in _LINE_BREAK.split(text))
    return ", ".join(filter(None, lines))[:200]


def _domain(website: str) -> str:
    """`sesam.no` from `https://www.Sesam.no/om-oss`; "" for what is no address, such as an e-mail address."""
    host = _HOST.fullmatch(website.strip())
    return host[1].lower() if host and len(host[1]) <= 253 else ""


def _true(text: str) -> bool:
    return text.strip().casefold() in ("true", "ja", "j")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10]) if text.strip() else None
    except ValueError as error:
        raise BadRow(_("“%(text)s” is not a date") % {"text": text.strip()[:20]}) from error
