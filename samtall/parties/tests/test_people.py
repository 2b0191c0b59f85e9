"""People: as little as the work needs, and nothing but a number after erasure (R5)."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from samtall.base.reading import Unreadable
from samtall.config import command_line
from samtall.parties.models import Erasure, Person
from samtall.parties.operations import add_person, add_unidentified, erase_person
from samtall.parties.tests.conftest import Installation

AT = datetime(2017, 7, 1, tzinfo=UTC)


@dataclass
class Someone:
    signature: str = "user:7"


@pytest.mark.django_db
def test_a_person_is_a_random_key_with_a_name_while_it_is_needed() -> None:
    owner = add_unidentified("Kari Bakeri", at=AT)
    first, second = add_person(" Kari  Nordmann ", organisation=owner), add_person("Kari Nordmann")
    assert (first.name, first.email, first.organisation) == ("Kari Nordmann", "", owner)
    assert first.key != second.key
    assert 0 < first.key < 2**63


@pytest.mark.django_db
def test_an_address_that_is_no_address_is_refused() -> None:
    with pytest.raises(Unreadable):
        add_person("Kari Nordmann", email="kari")
    assert add_person("Kari Nordmann", email="kari@bakeri.example").email == "kari@bakeri.example"


@pytest.mark.django_db
def test_erasing_a_person_leaves_the_key_and_who_did_it_and_nothing_else() -> None:
    person = add_person("Kari Nordmann", email="kari@bakeri.example")
    key = person.key
    erase_person(person, by=Someone(), at=AT)
    assert Person.objects.count() == 0
    assert list(Erasure.objects.values_list("key", "at", "by")) == [(key, AT, "user:7")]


def test_the_name_is_not_left_in_the_databases_files(installation: Installation) -> None:
    """SQLite keeps deleted text readable in its log until it is emptied."""
    installation.python(
        """
        from samtall.base import clock
        from samtall.parties.operations import add_person, erase_person
        from samtall.parties.tests.test_people import Someone
        erase_person(add_person("Zebulon Quist"), by=Someone(), at=clock.now())
        left = b"".join(path.read_bytes() for path in settings.DATA.glob("samtall.sqlite3*"))
        assert left and b"Zebulon" not in left
        """
    )


@pytest.mark.django_db
def test_a_person_is_found_and_erased_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    owner = add_unidentified("Kari Bakeri", at=AT)
    person = add_person("Åse Nordmann", email="aase@bakeri.example", organisation=owner)
    add_person("Ola Nordmann")
    for text in ("åse", "AASE@"):
        assert command_line.main(["person", "find", text]) == 0
        assert capsys.readouterr().out == f"{person.pk:>8}  Åse Nordmann, aase@bakeri.example, Kari Bakeri\n"
    assert command_line.main(["--language", "en", "person", "erase", str(person.pk)]) == 0
    assert capsys.readouterr().out == f"Person {person.pk} is erased. Every figure is as it was.\n"
    assert list(Erasure.objects.values_list("key", "by")) == [(person.key, "system:person")]
    assert command_line.main(["--language", "en", "person", "erase", str(person.pk)]) == 1
    assert capsys.readouterr().err == f"There is no person number {person.pk}.\n"
