"""What real extracts of Midt-Telemark and Nome say; skipped where they are not at hand."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from samtall.parties.models import Establishment, EstablishmentAttributes, Organisation, OrganisationAttributes
from samtall.parties.queries import attributes_on, establishment_by_number, organisations_named
from samtall.parties.register.loading import load
from samtall.places.operations import ensure_builtin
from samtall.places.queries import codes_of

AT = datetime(2026, 11, 1, tzinfo=UTC)
DATA = Path(os.environ.get("SAMTALL_REAL_DATA", Path(__file__).parents[3].parent / "shared" / "data"))
EXTRACTS = DATA / "enhetsregisteret"
DAYS = [date(2025, 2, 28), date(2025, 9, 29), date(2026, 1, 12)]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not EXTRACTS.exists(), reason="the extracts are not here"),
]


def load_telemark(days: list[date]) -> list[tuple[int, int, int, int]]:
    """Load the sub-units as of these days; rows, new, changed, skipped of each."""
    ensure_builtin(AT)
    done = [load(EXTRACTS / f"telemark_underenheter_{day}.csv", at=AT) for day in days]
    assert all(not progress.unknown_places for progress in done)
    return [(progress.rows, progress.new, progress.changed, progress.skipped) for progress in done]


def history() -> list[tuple[object, ...]]:
    return list(
        EstablishmentAttributes.objects.order_by("establishment__number", "valid_from").values_list(
            "establishment__number", "valid_from", "confirmed_on", "industry", "industry_standard", "employees"
        )
    )


def test_three_extracts_become_one_history() -> None:
    assert load_telemark(DAYS) == [(522, 522, 0, 0), (529, 31, 473, 0), (511, 9, 64, 0)]
    assert Establishment.objects.count() == 562
    assert Organisation.objects.filter(attributes=None).count() == Organisation.objects.count()  # owners: bare numbers
    midt_telemark = EstablishmentAttributes.objects.filter(municipality__in=codes_of("midt-telemark"))
    assert midt_telemark.count() == EstablishmentAttributes.objects.count()


def test_the_order_of_loading_makes_no_difference() -> None:
    load_telemark([DAYS[2], DAYS[0], DAYS[1]])
    backwards = history()
    EstablishmentAttributes.objects.all().delete()
    Establishment.objects.all().delete()
    from samtall.parties.models import RegisterLoad

    RegisterLoad.objects.all().delete()
    load_telemark(DAYS)
    assert history() == backwards


def test_317_of_472_surviving_units_changed_their_industry_code_when_the_standard_changed() -> None:
    load_telemark(DAYS)
    surviving = changed = 0
    for unit in Establishment.objects.prefetch_related("attributes"):
        rows = list(unit.attributes.all())
        if rows[0].valid_from == DAYS[0] and rows[-1].last_seen == DAYS[2]:
            surviving += 1
            changed += rows[0].industry != rows[-1].industry
    assert (surviving, changed) == (472, 317)
    assert not EstablishmentAttributes.objects.filter(valid_from=DAYS[0], industry_standard="SN2025").exists()
    assert not EstablishmentAttributes.objects.filter(valid_from=DAYS[2], industry_standard="SN2007").exists()


def test_in_which_industry_it_was_in_march_2025_has_an_answer() -> None:
    load_telemark(DAYS)
    site = establishment_by_number("972143790")
    assert site
    march, later = attributes_on(site, date(2025, 3, 15)), attributes_on(site, date(2026, 3, 15))
    assert march
    assert later
    assert (march.industry, march.industry_standard, march.employees) == ("49.410", "SN2007", 67)
    assert (later.industry, later.industry_standard, later.employees) == ("49.410", "SN2025", 73)


def test_the_legal_units_give_the_owners_their_names() -> None:
    load_telemark(DAYS)
    bare = Organisation.objects.filter(attributes=None).count()
    done = load(EXTRACTS / "telemark_hovedenheter_2025-02-10.csv", at=AT)
    assert (done.rows, done.skipped, done.unknown_places) == (464, 0, set())
    assert Organisation.objects.filter(attributes=None).count() == bare - (464 - done.new)
    assert [unit.number for unit in organisations_named("BØ HOTELL")] == ["972414972"]
    assert set(OrganisationAttributes.objects.values_list("municipality", flat=True)) == {
        "4020",
        "4018",
        "4005",
        "4022",
    }


@pytest.mark.parametrize("year", [2016, 2018, 2020, 2024])
def test_every_row_of_the_national_samples_is_kept(year: int) -> None:
    for kind, units in (("enheter", Organisation), ("underenheter", Establishment)):
        done = load(EXTRACTS / f"norge_utvalg_{year}_{kind}.csv", dated=date(2024, 5, 1), at=AT)
        assert (done.skipped, done.problems) == (0, [])
        assert units.objects.count() >= done.new > 600
