"""Numbers and dates as Norwegians write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from samtall.ui import writing


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (12345, "12\u00a0345"),
        (Decimal("1234567.50"), "1\u00a0234\u00a0567,50"),
        (0.1, "0,1"),
        (-1200, "\u22121\u00a0200"),
        (Decimal("1E+3"), "1\u00a0000"),
        (None, "–"),
        ("20–23", "20–23"),
    ],
)
def test_numbers_have_hard_spaces_a_comma_and_a_real_minus(value: int | Decimal | None, written: str) -> None:
    assert writing.number(value) == written


def test_english_readers_get_a_point_and_no_comma_to_mistake() -> None:
    with translation.override("en"):
        assert writing.number(Decimal("12345.5")) == "12\u00a0345.5"


@pytest.mark.parametrize(
    ("value", "written"),
    [(123_500, "123,5"), (1_000, "1"), (1, "0,001"), (0, "0"), (-2_250, "\u22122,25"), (12_345_000, "12\u00a0345")],
)
def test_thousandths_have_no_more_decimals_than_they_need(value: int, written: str) -> None:
    assert writing.thousandths(value) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "15. september 2016"), ("nn", "15. september 2016"), ("en", "15 September 2016")],
)
def test_dates_are_written_out_in_the_readers_language(language: str, written: str) -> None:
    with translation.override(language):
        assert writing.long_date(date(2016, 9, 15)) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nb", "15. september 2016 kl. 14.30"),
        ("nn", "15. september 2016 kl. 14.30"),
        ("en", "15 September 2016 at 14.30"),
    ],
)
def test_moments_are_shown_in_norwegian_time(language: str, written: str) -> None:
    with translation.override(language):
        assert writing.moment(datetime(2016, 9, 15, 12, 30, tzinfo=UTC)) == written


def test_a_span_has_an_open_end_when_there_is_none() -> None:
    first, last = date(2016, 9, 15), date(2016, 12, 16)
    assert writing.span(first, last) == "15.09.2016–16.12.2016"
    assert writing.span(first, first) == "15.09.2016"
    assert writing.span(first, None) == "15.09.2016–"
    assert writing.span(first, date(9999, 12, 31)) == "15.09.2016–"
