"""What people type: the catalogue of bad input, case by case."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtall.base.reading import Unreadable, read_date, read_decimal, read_email, read_integer, read_text

REFUSED: list[tuple[Callable[[str], Any], str, str]] = [
    (read_text, "T1", ""),
    (read_text, "T1", " "),
    (read_text, "T1", "\u00a0"),
    (read_text, "T1", "\u200b"),
    (read_text, "T2", "a" * 1_000_000),
    (read_text, "T2", "e" + "\u0301" * 2_000),
    (read_text, "T3", "\ud800"),
    (read_text, "T3", "\udfff"),
    (read_text, "T3", "a\x1b[31m"),
    (read_text, "T3", "\ufffe"),
    (read_text, "T3", "\x7f\x7f"),
    (read_text, "T3", "a\x00b"),
    (read_text, "T4", "Kari, f.nr. 010190 10046"),
    (read_text, "T4", "01019010046"),
    (read_email, "T4", "01019010046@eksempel.no"),
    (read_email, "T1", ""),
    (read_email, "M1", "@x.no"),
    (read_email, "M1", "kari@x"),
    (read_email, "M1", "kari@@x.no"),
    (read_email, "M1", "kari@x..no"),
    (read_email, "M1", "kåre@eksempel.no"),
    (read_email, "M1", "a@x.no,b@x.no"),
    (read_email, "M1", "Kari <k@x.no>"),
    (read_email, "M1", "k@x.no\nBcc: v@x.no"),
    (read_email, "M1", '"a b"@x.no'),
    (read_email, "M1", "k@-x.no"),
    (read_email, "M1", "k" * 65 + "@x.no"),
    (read_email, "M2", "kari@localhost"),
    (read_email, "M2", "kari@[127.0.0.1]"),
    (read_email, "M2", "kari@[::1]"),
    (read_email, "M2", "kari@x.invalid"),
    (read_integer, "T1", ""),
    (read_integer, "N1", "abc"),
    (read_integer, "N1", "1e3"),
    (read_integer, "N1", "1,5"),
    (read_integer, "N1", "1 2"),
    (read_integer, "N1", "NaN"),
    (read_integer, "N1", "Infinity"),
    (read_integer, "N1", "１２"),
    (read_integer, "N1", "٣"),
    (read_integer, "N1", "½"),
    (read_integer, "N1", "+5"),
    (read_integer, "N1", "12.34"),
    (read_integer, "N1", "9" * 5_000),
    (read_integer, "N2", "2147483648"),
    (read_integer, "N2", "-1"),
    (lambda raw: read_integer(raw, most=10_000), "N2", "10001"),
    (read_decimal, "N1", "1e3"),
    (read_decimal, "N1", "1.5"),
    (read_decimal, "N1", "1,"),
    (read_decimal, "N1", ",5"),
    (read_decimal, "N1", "1,2345"),
    (read_decimal, "N1", "1,5,5"),
    (read_decimal, "N1", "NaN"),
    (read_decimal, "N1", "1,٣"),
    (read_decimal, "N2", "\u22120,5"),
    (read_date, "T1", " "),
    (read_date, "D1", "31.02.2027"),
    (read_date, "D1", "00.01.2027"),
    (read_date, "D1", "tomorrow"),
    (read_date, "D1", "01.01.27x"),
    (read_date, "D1", "2017-1-31"),
    (read_date, "D1", "０1.01.2027"),
    (read_date, "D2", "31.12.9999"),
    (read_date, "D2", "01.01.1899"),
]

ACCEPTED: list[tuple[Callable[[str], Any], str, Any]] = [
    (read_text, "  Kari  ", "Kari"),
    (read_text, "Kari\u200bNordmann", "KariNordmann"),
    (read_text, "ﬁrma", "firma"),
    (read_text, "Kari\u00a0N", "Kari N"),
    (read_text, "Bø\r\n\r\nNome", "Bø Nome"),
    (read_text, "A\u030as", "Ås"),
    (read_text, "\u202egnp.exe", "gnp.exe"),
    (read_text, "<script>alert(1)</script>", "<script>alert(1)</script>"),
    (read_text, "{{7*7}}", "{{7*7}}"),
    (read_text, "' OR 1=1--", "' OR 1=1--"),
    (read_text, "=1+1", "=1+1"),
    (read_text, "10 m² på ½ dag", "10 m² på ½ dag"),
    (lambda raw: read_text(raw, lines=True), " a  b\r\n\r\n\r\n\r\nc ", "a b\n\nc"),
    (read_email, " Kari.Nordmann@Eksempel.NO ", "Kari.Nordmann@eksempel.no"),
    (read_email, "k+post@sub.eksempel.no", "k+post@sub.eksempel.no"),
    (read_integer, "12", 12),
    (read_integer, " 007 ", 7),
    (read_integer, "12 000", 12_000),
    (read_integer, "1\u00a0250\u202f000", 1_250_000),
    (read_integer, "1.250.000", 1_250_000),
    (read_decimal, "12,5", Decimal("12.5")),
    (read_decimal, "1 250 000,50", Decimal("1250000.50")),
    (read_decimal, "1.250.000,5", Decimal("1250000.5")),
    (lambda raw: read_decimal(raw, least=-10), "\u22122,25", Decimal("-2.25")),
    (read_date, "31.01.2017", date(2017, 1, 31)),
    (read_date, "1.2.16", date(2016, 2, 1)),
    (read_date, "1. 2. 2016", date(2016, 2, 1)),
    (read_date, "2017-01-31", date(2017, 1, 31)),
    (read_date, "1.1.68", date(2068, 1, 1)),
    (read_date, "1.1.69", date(1969, 1, 1)),
    (read_date, "29.02.2016", date(2016, 2, 29)),
]


@pytest.mark.parametrize(("read", "code", "raw"), REFUSED)
def test_what_cannot_be_used_is_refused_with_its_code(read: Callable[[str], Any], code: str, raw: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(raw)
    assert refusal.value.code == code
    assert str(refusal.value)


@pytest.mark.parametrize(("read", "raw", "read_as"), ACCEPTED)
def test_what_can_be_used_is_tidied(read: Callable[[str], Any], raw: str, read_as: Any) -> None:
    assert read(raw) == read_as


@given(st.text(max_size=400))
def test_a_text_that_was_accepted_is_read_the_same_way_again(raw: str) -> None:
    try:
        text = read_text(raw)
    except Unreadable:
        return
    assert read_text(text) == text


@given(st.text(max_size=40), st.sampled_from([read_integer, read_decimal, read_date, read_email]))
def test_nothing_typed_makes_the_readers_fail(raw: str, read: Callable[[str], Any]) -> None:
    try:
        read(raw)
    except Unreadable:
        return


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_date_is_read_back_as_it_is_shown(day: date) -> None:
    assert read_date(f"{day:%d.%m.%Y}") == day
    assert read_date(day.isoformat()) == day


def test_the_refusal_tells_which_character_and_where() -> None:
    with pytest.raises(Unreadable, match=r"U\+001B") as refusal:
        read_text("a\x1bb")
    assert "2" in str(refusal.value)
