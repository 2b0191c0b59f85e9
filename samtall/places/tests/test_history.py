"""Telemark's municipalities through the reforms of 2020 and 2024 (R11)."""

import csv
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from samtall.places.facts import telemark
from samtall.places.gazetteer import Gazetteer
from samtall.places.models import Municipality, MunicipalityName, Region, Transfer
from samtall.places.operations import Learnt, ensure_builtin
from samtall.places.queries import (
    code_on,
    codes_of,
    current_code,
    municipality_named,
    name_of_code,
    names_of_codes,
    regions,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)
DATA = Path(os.environ.get("SAMTALL_REAL_DATA", Path(__file__).parents[3].parent / "shared" / "data")) / "kommuner"
real_data = pytest.mark.skipif(not DATA.exists(), reason="the published code lists are not here")


@pytest.fixture(autouse=True)
def _telemark(db: None) -> None:
    ensure_builtin(AT)


def named(name: str, on: date) -> Municipality:
    municipality = municipality_named(name, on)
    assert municipality
    return municipality


def test_the_built_in_facts_are_learnt_once() -> None:
    assert (Municipality.objects.count(), MunicipalityName.objects.count(), Transfer.objects.count()) == (19, 52, 3)
    assert ensure_builtin(AT) == Learnt(names=0, transfers=0)


def test_the_region_has_every_code_its_members_had_while_they_were_members() -> None:
    codes = {"0821", "0822", "0819", "3816", "3817", "4018", "4020"}
    assert codes_of("midt-telemark") == codes
    assert codes_of(Region.objects.get()) == codes
    assert [region.slug for region in regions()] == ["midt-telemark"]


def test_a_member_that_left_leaves_its_later_codes_outside() -> None:
    nome = named("Nome", date(2019, 1, 1))
    Region.objects.get().members.filter(municipality=nome).update(until=date(2020, 1, 1))
    assert codes_of("midt-telemark") == {"0821", "0822", "0819", "3817", "4020"}


def test_a_renumbered_municipality_is_the_same_one_under_another_code() -> None:
    nome = named("Nome", date(2016, 1, 1))
    assert [code_on(nome, date(year, 1, 1)) for year in (2016, 2019, 2020, 2023, 2024)] == [
        "0819",
        "0819",
        "3816",
        "3816",
        "4018",
    ]
    assert named("Nome", date(2025, 1, 1)) == nome


def test_a_code_ends_the_day_before_the_next_begins() -> None:
    notodden = named("0807", date(2019, 12, 31))
    assert code_on(notodden, date(2019, 12, 31)) == "0807"
    assert code_on(notodden, date(2020, 1, 1)) == "3808"


def test_a_municipality_that_merged_has_no_code_after() -> None:
    assert code_on(named("Bø", date(2019, 1, 1)), date(2020, 1, 1)) == ""
    assert municipality_named("Bø", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("code", "day", "current"),
    [
        ("0821", date(2019, 12, 31), "0821"),
        ("0821", date(2020, 1, 1), "3817"),
        ("0821", date(2024, 1, 1), "4020"),
        ("0822", date(2024, 1, 1), "4020"),
        ("0819", date(2024, 1, 1), "4018"),
        ("4018", date(2016, 1, 1), "0819"),
        ("0807", date(2022, 1, 1), "3808"),
        ("9999", date(2024, 1, 1), "9999"),
    ],
)
def test_a_code_is_followed_through_renumbering_and_whole_transfers(code: str, day: date, current: str) -> None:
    assert current_code(code, day) == current


def test_a_part_of_sauherad_went_to_notodden() -> None:
    part = Transfer.objects.get(extent=Transfer.Extent.PART)
    assert (str(part.origin), str(part.target), part.on) == ("Sauherad", "Notodden", date(2020, 1, 1))


@pytest.mark.parametrize("name", ["Bø (Telemark)", "BØ (TELEMARK)", " bø ", "0821"])
def test_a_municipality_is_found_however_its_name_is_written(name: str) -> None:
    assert str(named(name, date(2016, 9, 15))) == "Bø (Telemark)"


def test_a_name_that_two_municipalities_have_finds_neither_unless_it_says_which() -> None:
    other = Municipality.objects.create()
    MunicipalityName.objects.create(
        municipality=other, code="1867", name="Bø (Nordland)", valid_from=date(2010, 1, 1), valid_to=None
    )
    assert municipality_named("Bø", date(2016, 1, 1)) is None
    assert municipality_named("bø (nordland)", date(2016, 1, 1)) == other
    assert municipality_named("Bø", date(2021, 1, 1)) == other


def test_either_half_of_a_name_in_two_languages_is_enough() -> None:
    harstad = Municipality.objects.create()
    MunicipalityName.objects.create(
        municipality=harstad, code="5402", name="Harstad - Hárstták", valid_from=date(2020, 1, 1)
    )
    assert municipality_named("Hárstták", date(2021, 1, 1)) == harstad
    assert municipality_named("HARSTAD", date(2021, 1, 1)) == harstad


def test_a_code_has_a_name_and_an_unknown_one_has_none() -> None:
    assert name_of_code("0821") == names_of_codes()["0821"] == "Bø (Telemark)"
    assert name_of_code("0000") == ""


@real_data
def test_every_built_in_code_and_name_is_the_published_one() -> None:
    spans = [span for municipality in telemark().municipalities for span in municipality]
    for year, day in ((2010, date(2010, 1, 1)), (2024, date(2024, 1, 1))):
        with (DATA / f"klass_kommuner_fylker_{year}.csv").open(encoding="utf-8") as file:
            published = {row["code"]: row["name"] for row in csv.DictReader(file) if row["level"] == "kommune"}
        county = "08" if year == 2010 else "40"
        assert {code: name for code, name in published.items() if code.startswith(county)} == {
            span.code: span.name
            for span in spans
            if span.valid_from <= day and (span.valid_to is None or day < span.valid_to)
        }


@real_data
@pytest.mark.parametrize(
    ("file", "old", "new", "day"),
    [
        ("kommuner_2019_2020.csv", "kommunenr_2019", "kommunenr_2020", date(2020, 1, 1)),
        ("kommuner_2023_2024_avledet.csv", "kommunenr_2023", "kommunenr_2024", date(2024, 1, 1)),
    ],
)
def test_every_built_in_change_of_code_is_the_published_one(file: str, old: str, new: str, day: date) -> None:
    codes = {span.code for municipality in telemark().municipalities for span in municipality}
    with (DATA / file).open(encoding="utf-8") as lines:
        published = {row[old]: row[new] for row in csv.DictReader(lines) if row[old] in codes}
    assert published == {code: current_code(code, day) for code in published}
    assert len(published) == (18 if day.year == 2020 else 17)


@pytest.mark.parametrize("text", ["0821", "3817", "4020", "Bø (Telemark)", "MIDT-TELEMARK"])
def test_a_code_or_a_name_of_any_year_leads_to_the_code_of_a_day(text: str) -> None:
    places = Gazetteer.whole()
    assert places.code_of_any_year(text, date(2025, 1, 1)) == "4020"
    assert places.code_of_any_year(text, date(2022, 1, 1)) == "3817"


def test_what_has_not_come_yet_or_nobody_knows_leads_nowhere() -> None:
    places = Gazetteer.whole()
    assert [places.code_of_any_year(text, date(2016, 1, 1)) for text in ("Midt-Telemark", "9876", "Atlantis")] == [
        ""
    ] * 3
