"""What was true of a unit on a day, whatever order it was told in."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtall.parties.history import observe
from samtall.parties.models import Attributes, OrganisationAttributes
from samtall.parties.operations import add_establishment, add_organisation, record_attributes
from samtall.parties.queries import attributes_on
from samtall.parties.size_classes import SIZE_CLASSES, size_class

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
FIRST = date(2025, 1, 1)

#: Days (as numbers) on which an extract was taken, and what it said.
extracts = st.dictionaries(st.integers(0, 12), st.sampled_from("ABC"), min_size=1, max_size=8)


def told_in_order(extracts: list[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """The rows after these extracts: first day, last day, sector."""
    rows: list[OrganisationAttributes] = []
    seen: list[date] = []
    for number, sector in extracts:
        day = FIRST + timedelta(days=number)
        changes = observe(rows, day, {"sector": sector}, seen=seen, make=OrganisationAttributes)
        seen.append(day)
        rows = sorted([*rows, *changes.new], key=lambda row: row.valid_from)
    return [((row.valid_from - FIRST).days, (row.last_seen - FIRST).days, row.sector) for row in rows]


@given(extracts.flatmap(lambda said: st.permutations(sorted(said.items()))))
def test_extracts_give_the_same_history_in_whatever_order_they_are_loaded(order: list[tuple[int, str]]) -> None:
    assert told_in_order(order) == told_in_order(sorted(order))


@given(extracts)
def test_every_day_of_an_extract_has_what_it_said_and_unchanged_ones_make_no_row(said: dict[int, str]) -> None:
    rows = told_in_order(sorted(said.items()))
    for number, sector in said.items():
        assert [row[2] for row in rows if row[0] <= number][-1] == sector
    assert all(earlier[2] != later[2] for earlier, later in pairwise(rows))


@given(extracts.flatmap(lambda said: st.permutations(sorted(said.items()))))
def test_telling_everything_again_changes_nothing(order: list[tuple[int, str]]) -> None:
    assert told_in_order([*order, *order]) == told_in_order(order)


@pytest.mark.django_db
def test_the_latest_row_by_the_day_is_in_force_and_before_the_first_the_earliest_known() -> None:
    unit = add_organisation("Bø Bygg AS", number="974760673", at=AT)
    assert attributes_on(unit, FIRST) is None
    record_attributes(unit, valid_from=date(2025, 2, 28), industry="43.210", municipality="4020")
    record_attributes(unit, valid_from=date(2026, 1, 12), industry="43.211")

    def industry(day: date) -> tuple[str, str, str]:
        row = attributes_on(unit, day)
        assert row
        return row.industry, row.industry_standard, row.municipality

    assert industry(date(2020, 1, 1)) == ("43.210", "SN2007", "4020")
    assert industry(date(2025, 3, 15)) == ("43.210", "SN2007", "4020")
    assert industry(date(2026, 1, 12)) == ("43.211", "SN2025", "4020")


@pytest.mark.django_db
def test_what_is_not_mentioned_stays_as_it_was() -> None:
    unit = add_organisation("Bø Bygg AS", number="974760673", at=AT, attributes={"employees": 12, "sector": "2100"})
    row = record_attributes(unit, valid_from=date(2025, 6, 1), employees=52)
    assert (row.name, row.sector, row.employees, row.size_class) == ("Bø Bygg AS", "2100", 52, "50-99")
    assert [row.valid_from for row in unit.attributes.all()] == [date(2025, 3, 1), date(2025, 6, 1)]


@pytest.mark.django_db
def test_a_new_name_is_the_units_name_only_when_it_is_the_latest() -> None:
    unit = add_organisation("Bø Bygg AS", number="974760673", at=AT)
    record_attributes(unit, valid_from=date(2025, 6, 1), name="Midt Bygg AS")
    record_attributes(unit, valid_from=date(2020, 1, 1), name="Bø Trelast AS")
    assert unit.name == "Midt Bygg AS"
    names = [row.name for row in unit.attributes.all()]
    assert names == ["Bø Trelast AS", "Midt Bygg AS"]


@pytest.mark.django_db
def test_capitals_in_a_name_make_no_new_row() -> None:
    owner = add_organisation("Bø Bygg AS", number="974760673", at=AT)
    site = add_establishment(owner, "Bø Bygg avd Gvarv", number="971424346", at=AT, attributes={})
    record_attributes(site, valid_from=date(2025, 6, 1), name="BØ BYGG  AVD GVARV")
    row = site.attributes.get()
    assert (row.valid_from, row.confirmed_on) == (date(2025, 3, 1), date(2025, 6, 1))


@pytest.mark.django_db
def test_attributes_of_many_units_are_read_in_two_queries(django_assert_num_queries: object) -> None:
    add_organisation("En AS", number="974760673", at=AT, attributes={"sector": "2100"})
    add_organisation("To AS", number="971424346", at=AT, attributes={"sector": "6500"})
    units = type(add_organisation("Tre", at=AT)).objects.prefetch_related("attributes").order_by("pk")
    with django_assert_num_queries(2):  # type: ignore[operator]
        rows: list[Attributes | None] = [attributes_on(unit, FIRST) for unit in units]
    assert [row and row.sector for row in rows] == ["2100", "6500", None]


def test_size_classes_begin_where_statistics_norway_cuts_them() -> None:
    least = (0, 5, 10, 20, 50, 100, 250)
    assert tuple(size_class(number) for number in least) == SIZE_CLASSES
    assert tuple(size_class(number - 1) for number in least[1:]) == SIZE_CLASSES[:-1]
