"""A small region for the tests: a school, two businesses with a work site, and a sheet of real shape."""

from datetime import UTC, date, datetime
from typing import Any

from samtall.parties.models import Organisation
from samtall.parties.operations import add_establishment, add_organisation

AT = datetime(2018, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2018, 3, 2, 12, tzinfo=UTC)

#: Numbers of the test series: they belong to nobody.
SCHOOL, BUILDER, FARM, FARM_SITE, STRANGER = "310000000", "310000019", "310000027", "310000035", "310000043"

HEADINGS = (
    *("Slag", "Tittel", "Fra", "Til", "Virksomhet", "Org.nr.", "Skole", "Antall studenter"),
    *("Kommune", "Dokumentasjon", "Status"),
)
FIRST, LAST = date(2017, 1, 10), date(2017, 6, 20)

#: Five rows of five activities: two with a number, one with a work site's number, one by name, one that is not found.
ROWS: list[list[Any]] = [
    ["Bacheloroppgave", "Trebru", FIRST, LAST, "Bø Bygg", BUILDER, "Høgskulen", 2, None, "Avtale 17/1", "Gjennomført"],
    ["Studentpraksis", "Fjøs", FIRST, LAST, "Gården", FARM_SITE, "Høgskulen", 1, None, "Avtale 17/2", "Gjennomført"],
    ["Gjesteforelesning", "Om bru", FIRST, None, "bø bygg AS", None, "Høgskulen", 40, None, "Bekreftelse", None],
    ["Masteroppgave", "Sau", FIRST, LAST, "Ukjent Ull", None, "Høgskulen", 1, None, None, "Fullført"],
    ["Bedriftsbesøk", "Sag", FIRST, None, "Fremmed Sag", STRANGER, "Høgskulen", 25, None, "Avtale 17/5", "gjennomført"],
]


def sheet(*rows: list[Any], headings: Any = HEADINGS) -> list[list[Any]]:
    return [list(headings), *rows]


def settle() -> Organisation:
    """Register the school and the businesses; returns the builder."""
    add_organisation("Høgskulen", number=SCHOOL, at=AT)
    builder = add_organisation("BØ BYGG", number=BUILDER, form="AS", at=AT)
    farm = add_organisation("Nordre Gård AS", number=FARM, at=AT)
    add_establishment(farm, "Gården avd. Bø", number=FARM_SITE, at=AT)
    return builder
