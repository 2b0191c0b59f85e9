"""A coordinator's spreadsheet of collaborations, and the region it belongs to, for tests of the main job."""

from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook

from samtall.figures import operations as figures
from samtall.parties import operations as parties
from samtall.places.operations import ensure_builtin

LONG_AGO = datetime(2014, 1, 1, tzinfo=UTC)
HEADINGS = [
    "Slag", "Tittel", "Fra", "Til", "Virksomhet", "Org.nr.", "Skole", "Antall studenter", "Kommune", "Nivå",
    "Dokumentasjon", "Status",
]  # fmt: skip
ROWS = [
    ["Studentoppgave", "Vannkraft i Bø", "10.01.2017", "20.06.2017", "Fjellkraft AS", "313 000 028", "Høgskolen", 2,
     "Bø", "Bachelor", "Avtale 17/1", "fullført"],
    ["Studentoppgave", "Epler på nett", "15.08.2016", "01.06.2017", "Frukthagen AS", "313000036", "Høgskolen", 1,
     "Sauherad", "Master", "Avtale 16/9", "fullført"],
    ["Studentoppgave", "Ukjent vert", "01.02.2017", "01.06.2017", "Et firma uten nummer", "", "Høgskolen", 1,
     "Nome", "Bachelor", "Avtale 17/4", "fullført"],
]  # fmt: skip


def spreadsheet() -> bytes:
    """An .xlsx file; made anew each time, so that its bytes differ though its rows do not."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADINGS, *ROWS]:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def make_region() -> None:
    """The municipalities, the standard figures, a college and two companies."""
    ensure_builtin(at=LONG_AGO)
    figures.ensure_catalogue(by="system:test", at=LONG_AGO)
    parties.add_organisation("Høgskolen", number="313000001", at=LONG_AGO)
    parties.add_organisation("Fjellkraft AS", number="313000028", at=LONG_AGO)
    parties.add_organisation("Frukthagen AS", number="313000036", at=LONG_AGO)
