"""What an agreement says, in three languages, and the PDF that it is printed as (PDF/UA-1)."""

import hashlib
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.agreements import operations
from samtall.agreements.models import Agreement
from samtall.agreements.printing import as_pdf
from samtall.agreements.texts import FOLDER, text
from samtall.agreements.wording import document
from samtall.base.text import LANGUAGES
from samtall.parties import operations as parties
from samtall.ui.typesetting import STAND_IN

DrawUp = Callable[..., Agreement]

#: The fingerprint of each published text: a published text is never changed, a new version is made.
PUBLISHED = {
    "student_work_1": "73efe43cdc342b27",
}


def said_in(agreement: Agreement) -> str:
    said = document(agreement, draft=False)
    return "\n".join(paragraph for section in said["sections"] for paragraph in section["paragraphs"])


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_published_texts_are_never_changed() -> None:
    published = {file.stem: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in FOLDER.glob("*.toml")}
    assert published == PUBLISHED


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_clause_is_there_in_every_language_with_the_same_places(name: str) -> None:
    known = text(name.rpartition("_")[0], int(name.rpartition("_")[2]))
    every = [known.title, *known.labels.values()]
    every += [words for one in known.sections for words in (one.heading, *(clause.words for clause in one.clauses))]
    places = [{tuple(sorted(re.findall(r"{(\w+)}", said))) for said in words.as_dict().values()} for words in every]
    assert [one for one in places if len(one) != 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rights", Agreement.Rights.values)
@pytest.mark.parametrize("confidentiality", Agreement.Confidentiality.values)
def test_every_choice_is_filled_in_to_the_last_place(
    language: str, rights: str, confidentiality: str, draw_up: DrawUp
) -> None:
    chosen = {"language": language, "rights": rights, "confidentiality": confidentiality}
    said = said_in(
        draw_up(**chosen, confidential_until=date(2020, 1, 31), place="Bø", expenses="Reise", other="Nøkler")
    )
    assert re.findall(r"[{}]", said) == []
    assert "Bø Bygg AS" in said


def test_an_agreement_speaks_its_own_language_whatever_the_readers(draw_up: DrawUp) -> None:
    said = document(draw_up(language="nn", confidentiality="until", confidential_until=date(2020, 1, 31)), draft=True)
    assert (said["title"], said["draft"]) == ("Avtale om studentoppgåve", "Utkast, ikkje sendt til partane")
    assert "31.\u00a0januar\u00a02020" in said["sections"][3]["paragraphs"][0]


@pytest.mark.parametrize(
    ("confidentiality", "told"), [("none", False), ("secret", True)], ids=["nothing confidential", "a trade secret"]
)
def test_it_says_that_no_agreement_overrides_the_right_of_access(
    confidentiality: str, told: bool, draw_up: DrawUp
) -> None:
    said = said_in(draw_up(confidentiality=confidentiality))
    assert ("Offentleglova gjelder for Høgskolen. Denne avtalen kan ikke gå foran den." in said) is told


def test_what_is_left_open_is_said_too(draw_up: DrawUp, thesis: Activity, said: dict[str, Any]) -> None:
    for part in thesis.participations.filter(role__contains="supervisor"):
        activities.remove_participation(part, **said)
    told = said_in(draw_up())
    for sentence in (
        "Høgskolen oppnevner en faglig veileder",
        "Hver part dekker sine egne utgifter.",
        "Det betales ikke vederlag.",
    ):
        assert sentence in told


def test_the_pdf_can_be_read_aloud_and_is_the_same_every_time(draw_up: DrawUp) -> None:
    agreement = draw_up(expenses="Reise #let x = 1 og *stjerner* {host}")
    pdf = as_pdf(document(agreement, draft=True), at=agreement.at)
    assert pdf == as_pdf(document(agreement, draft=True), at=agreement.at)
    catalogue: Any = PdfReader(BytesIO(pdf)).root_object
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("nb-NO", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    printed = text_of(pdf)
    for told in (
        "Avtale om studentoppgave",
        "Utkast",
        "Kari Nordmann",
        "313 000 028",
        "#let x = 1 og *stjerner* {host}",
    ):
        assert told in printed


def test_a_sign_that_the_typeface_lacks_does_not_stand_in_the_way(draw_up: DrawUp) -> None:
    agreement = draw_up(expenses="Reise 😀")
    assert f"Reise {STAND_IN}" in text_of(as_pdf(document(agreement, draft=True), at=agreement.at))


def test_who_is_erased_is_no_longer_in_it(draw_up: DrawUp, thesis: Activity, said: dict[str, Any]) -> None:
    agreement = draw_up()
    student = thesis.participations.get(role="student").person
    assert student is not None
    parties.erase_person(student, **said)
    printed = text_of(as_pdf(document(agreement, draft=False), at=agreement.at))
    assert ("Kari" in printed, "Bø Bygg AS" in printed) == (False, True)


def test_a_kind_with_hours_and_credits_says_them(said: dict[str, Any], thesis: Activity) -> None:
    placement = activities.record(
        "placement",
        title="Praksis",
        starts=date(2018, 1, 15),
        details={"hours": "150", "credits": "7,5"},
        **said,
    )
    for part in thesis.participations.filter(role__in=("host", "institution")):
        activities.add_participation(placement, role=part.role, organisation=part.organisation, **said)
    agreement = operations.draw_up(placement, language="en", rights="students", confidentiality="none", **said)
    told = said_in(agreement)
    assert "The extent is 150 hours for each student." in told
    assert "The work gives 7.5 credits." in told
    assert "The parties agree in writing when it ends." in told
