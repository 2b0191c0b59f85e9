"""Organisation numbers: what is accepted, how it is shown, and that our answer is stdnum's and the rule's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import orgnr

from samtall.parties.numbers import InvalidNumber, check, format_number
from samtall.parties.templatetags.parties import orgnr as orgnr_filter

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(first_eight: str) -> int | None:
    """Modulus 11 by hand; None where the remainder gives no digit."""
    digit = (11 - sum(w * int(d) for w, d in zip(WEIGHTS, first_eight, strict=True)) % 11) % 11
    return None if digit == 10 else digit


@pytest.mark.parametrize(
    "written",
    ["974760673", "974 760 673", " 974\u00a0760\u00a0673 ", "NO 974760673 MVA", "no974760673mva", "NO974 760 673 mva"],
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert check(written) == "974760673"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "97476067",
        "9747606730",
        "974760673.0",
        "9.74760673E8",
        "974-760-673",
        "９７４７６０６７３",
        "ABC",
        "SE974760673",
    ],
)
def test_what_is_not_nine_digits_is_refused(written: str) -> None:
    with pytest.raises(InvalidNumber):
        check(written)


def test_a_number_with_a_wrong_check_digit_is_refused() -> None:
    with pytest.raises(InvalidNumber) as refusal:
        check("974760674")
    assert "974\u00a0760\u00a0674" in str(refusal.value)


@given(st.integers(0, 10**8 - 1).map(lambda n: f"{n:08d}"), st.integers(0, 9))
def test_a_number_is_accepted_exactly_when_modulus_11_and_stdnum_say_so(first_eight: str, last: int) -> None:
    number = f"{first_eight}{last}"
    try:
        accepted = check(number) == number
    except InvalidNumber:
        accepted = False
    assert accepted == (check_digit(first_eight) == last) == orgnr.is_valid(number)


def test_a_number_is_shown_in_groups_of_three() -> None:
    assert format_number("974760673") == orgnr_filter("974760673") == "974\u00a0760\u00a0673"


def test_what_is_no_norwegian_number_is_shown_as_it_is() -> None:
    assert format_number("5560360793") == "5560360793"
