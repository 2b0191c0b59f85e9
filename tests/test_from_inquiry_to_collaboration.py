"""From the contact form to the figures: how far organisations came, and that asking is no collaboration (R6)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.base.periods import year
from samtall.figures import queries
from samtall.figures.catalogue import STANDARD
from samtall.figures.definitions import Definition, Party, Unit
from samtall.figures.operations import ensure_catalogue
from samtall.figures.tests.recount import recount
from samtall.inquiries import operations
from samtall.inquiries.declaration import STANDARD as FORM
from samtall.inquiries.models import Inquiry
from samtall.inquiries.states import State
from samtall.ledger import queries as ledger
from samtall.ledger.verify import verify
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime.fromisoformat("2017-05-09T10:00+02:00")
DEFINITIONS = {standard.slug: standard.definition for standard in STANDARD}
FUNNEL = (
    "organisations-that-asked",
    "organisations-that-got-an-answer",
    "organisations-that-were-matched",
    "organisations-that-agreed",
    "organisations-from-inquiry-to-collaboration",
)
NUMBERS = ("974760673", "971035854", "974767880")


def asks(name: str, key: str) -> Inquiry:
    form = operations.save_form(FORM.read_text(), by="system:test", at=AT)
    said = {"organisation": name, "contact_name": "K", "email": "k@eksempel.no", "description": "x"}
    return operations.receive(form, said, key=key, language="nb", at=AT).inquiry


def funnel() -> list[Any]:
    """The five figures of 2017, each as the independent recount has it too (R24)."""
    values = []
    for slug in FUNNEL:
        counted = queries.value(DEFINITIONS[slug], year(2017))
        assert recount(DEFINITIONS[slug], year(2017), ledger.position()).exact == counted.value
        values.append(counted.value)
    return values


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT + timedelta(days=1)}


@pytest.fixture(autouse=True)
def organisations(db: None) -> None:
    for letter, number in zip("ABC", NUMBERS, strict=True):
        parties.add_organisation(f"{letter} AS", number=number, at=AT)


def hand_over(inquiry: Inquiry, said: dict[str, Any]) -> None:
    activity = activities.record(
        "thesis", title="Oppgave", starts=date(2017, 8, 20), details={"level": "bachelor"}, **said
    )
    operations.hand_over(inquiry, activity, **said)


def test_the_funnel_counts_distinct_organisations_by_how_far_they_came(said: dict[str, Any]) -> None:
    asks("A AS", "1")
    assert funnel() == [0, 0, 0, 0, 0]  # nobody has looked at it yet
    for key in ("2", "3"):
        operations.move(asks("A AS", key), State.IN_DIALOGUE, **said)
    operations.move(asks("B AS", "4"), State.MATCHED, **said)
    hand_over(asks("C AS", "5"), said)
    assert funnel() == [3, 3, 2, 1, 1]


def test_no_figure_but_those_of_the_funnel_counts_an_inquiry(said: dict[str, Any]) -> None:
    hand_over(asks("A AS", "1"), said)
    others = {
        slug: queries.value(definition, year(2017)).highest.value
        for slug, definition in DEFINITIONS.items()
        if slug not in FUNNEL
    }
    assert others == dict.fromkeys(others, 0)


@pytest.mark.parametrize("unit", [Unit.ORGANISATIONS, Unit.ACTIVITIES])
@pytest.mark.parametrize("party", Party)
def test_not_even_a_figure_of_everything_counts_an_inquiry(said: dict[str, Any], unit: Unit, party: Party) -> None:
    operations.move(asks("A AS", "1"), State.AGREED, **said)
    everything = Definition(unit=unit, party=party)
    assert queries.value(everything, year(2017)).highest.value == 0
    assert recount(everything, year(2017), ledger.position()).highest == 0


def test_spam_and_what_was_merged_are_taken_out_again_and_the_past_stays(said: dict[str, Any]) -> None:
    one, other = asks("A AS", "1"), asks("B AS", "2")
    operations.move(one, State.IN_DIALOGUE, **said)
    operations.move(other, State.IN_DIALOGUE, **said)
    before = ledger.position()
    operations.move(one, State.SPAM, **said)
    operations.reopen(one, reason="Feil", **said)
    operations.move(one, State.IN_DIALOGUE, **said)
    operations.merge(one, other, **said)
    asked = DEFINITIONS["organisations-that-asked"]
    assert queries.value(asked, year(2017)).value == 1
    assert queries.value(asked, year(2017), position=before).value == 2
    assert verify().faults == []


def test_what_was_opened_again_has_come_only_as_far_as_since_then(said: dict[str, Any]) -> None:
    inquiry = asks("A AS", "1")
    operations.move(inquiry, State.AGREED, **said)
    operations.move(inquiry, State.NO_MATCH, reason="Trakk seg", **said)
    assert funnel() == [1, 1, 1, 1, 0]
    operations.reopen(inquiry, reason="Vil likevel", **said)
    assert funnel() == [1, 1, 0, 0, 0]


def test_who_has_no_number_stands_beside_the_figure(said: dict[str, Any]) -> None:
    operations.move(asks("Et firma", "1"), State.IN_DIALOGUE, **said)
    result = queries.value(DEFINITIONS["organisations-that-asked"], year(2017))
    assert (result.value, result.unidentified) == (0, 1)


def test_the_list_behind_the_figure_names_the_cases_for_those_who_may_see_them(
    said: dict[str, Any], coordinator: User, reader: User, client_of: Any
) -> None:
    ensure_catalogue(by="system:test", at=AT)
    inquiry = asks("A AS", "1")
    operations.move(inquiry, State.IN_DIALOGUE, **said)
    address = "/tall/organisations-that-asked/liste/?periode=2017"
    assert f"Henvendelse {inquiry.number}" in client_of(coordinator).get(address).content.decode()
    assert inquiry.number not in client_of(reader).get(address).content.decode()


def test_who_is_identified_later_is_counted_from_then_on_and_no_more_when_that_is_taken_back(
    said: dict[str, Any],
) -> None:
    inquiry = asks("Et firma", "1")
    operations.move(inquiry, State.IN_DIALOGUE, **said)
    asked = DEFINITIONS["organisations-that-asked"]
    meant = Organisation.objects.get(number=NUMBERS[0])
    assert inquiry.organisation is not None
    identification = activities.identify(inquiry.organisation, meant, **said)
    found = queries.value(asked, year(2017))
    assert (found.value, found.unidentified) == (1, 0)
    activities.withdraw_identification(identification, reason="Feil", **said)
    found = queries.value(asked, year(2017))
    assert (found.value, found.unidentified) == (0, 1)
