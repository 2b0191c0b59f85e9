"""The golden example stands in the ledger as it should, before any figure reads it."""

from collections import Counter

from samtall.ledger import queries as ledger
from samtall.parties.models import Organisation
from tests.golden import Golden


def told(golden: Golden, item: int) -> list[tuple[str, str, str]]:
    """Role, party and outcome of each fact of an item, all of them validated."""
    names = {one.pk: letter for letter, one in golden.parties.items()} | {golden.college.pk: "college"}
    facts = ledger.standing(golden.activities[item].source)
    assert {fact.standing for fact in facts} <= {"validated"}
    return sorted((fact.role, names[fact.organisation or 0], str(fact.outcome)) for fact in facts)


def test_the_collaborations_have_one_fact_of_each_party(golden: Golden) -> None:
    assert told(golden, 1) == [("host", "A", "completed"), ("institution", "college", "completed")]
    assert told(golden, 2) == [("client", "B", "completed"), ("institution", "college", "completed")]
    assert told(golden, 5) == [("institution", "college", "completed"), ("lecturer", "D", "completed")]
    assert told(golden, 7) == [("host", "A", "completed"), ("institution", "college", "completed")]


def test_the_course_reached_two_businesses_and_two_people(golden: Golden) -> None:
    assert told(golden, 3) == [
        ("business", "B", "completed"),
        ("business", "C", "completed"),
        ("participant", "B", "completed"),
        ("participant", "B", "no_show"),
        ("participant", "C", "completed"),
        ("provider", "college", "completed"),
    ]
    hours = [fact.quantity for fact in ledger.standing(golden.activities[3].source) if fact.unit == "hour"]
    assert Counter(hours) == {8000: 2, 0: 1}


def test_an_inquiry_and_a_cancelled_placement_stand_for_nothing(golden: Golden) -> None:
    assert 6 not in golden.activities
    assert told(golden, 8) == []


def test_a_later_merger_changes_no_fact(golden: Golden) -> None:
    succession = golden.parties["B"].successions_out.get()
    (link,) = ledger.standing(f"succession:{succession.pk}")
    assert (link.organisation, link.successor) == (golden.parties["B"].pk, golden.parties["A"].pk)
    assert Organisation.objects.filter(number="").count() == 1
