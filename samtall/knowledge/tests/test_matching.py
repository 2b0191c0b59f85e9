"""Who knows about something is found in everyday words, in either written form, with the reason."""

from pathlib import Path

import pytest
from django.utils import timezone

from samtall.base.declarations import UnreadableDeclaration
from samtall.config.command_line import main
from samtall.knowledge.models import Environment
from samtall.knowledge.operations import import_environments
from samtall.knowledge.queries import Wish, searched, suggestions
from samtall.knowledge.words import stem
from samtall.parties import operations as parties

pytestmark = pytest.mark.django_db

FILE = """
[[environments]]
slug = "energi"
name = "Senter for energi i bygg"
institution = "974 760 673"
level = "master"
subjects = ["energi", "varme", "bygg"]
kinds = ["thesis"]
municipalities = ["0821"]

[[environments]]
slug = "it"
name = "Informatikk"
institution = "974760673"
level = "bachelor"
subjects = ["programmering", "regneark", "løsninger for regnskap"]
kinds = ["student_project"]

[[environments]]
slug = "sykepleie"
name = "Sykepleie"
institution = "974760673"
level = "bachelor"
subjects = ["helse", "sykepleie", "bygging av tillit"]
"""


@pytest.fixture(autouse=True)
def directory(db: None) -> None:
    parties.add_organisation("Høgskolen", number="974760673", at=timezone.now())
    import_environments(FILE, at=timezone.now())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("studentene", "studentane"),
        ("verksemder", "virksomheten"),
        ("løysingar", "løsninger"),
        ("sjukepleiarane", "sykepleier"),
        ("rekneskapen", "regnskaper"),
        ("forskinga", "forskningen"),
        ("oppgåvene", "oppgaver"),
    ],
)
def test_the_forms_of_a_word_are_one_word(one: str, other: str) -> None:
    assert stem(one)[:6] == stem(other)[:6]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Hvor blir varmen av?", ["energi"]),
        ("Kor blir det av varmen i bygningane våre?", ["energi"]),
        ("Vi fører rekneskap i rekneark", ["it"]),
        ("energibruken", ["energi"]),
        ("sjukepleiarar", ["sykepleie"]),
        ("Vi trenger hjelp av studenter", []),
        ("romfart", []),
        ("", ["it", "energi", "sykepleie"]),
    ],
)
def test_who_knows_about_something_is_found(asked: str, found: list[str]) -> None:
    assert [one.slug for one in searched(asked)] == found


def test_a_suggestion_says_why() -> None:
    (first,) = suggestions(Wish("Varmen forsvinner i bygget", ["thesis"], ["master"], "0821"))
    assert first.environment.slug == "energi"
    assert first.reasons[0].startswith("Kan noe om: ")
    assert first.reasons[1:] == ["Nivå: Master", "Er med på det som ønskes", "Er i 0821"]


def test_what_else_fits_puts_one_before_the_other() -> None:
    wish = "energi og regneark"
    assert suggestions(Wish(wish, ["student_project"]))[0].environment.slug == "it"
    assert suggestions(Wish(wish, ["thesis"], ["master"]))[0].environment.slug == "energi"


def test_a_file_adds_and_changes_and_what_is_wrong_in_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kunnskap.toml"
    file.write_text(FILE.replace("Informatikk", "Informasjonsteknologi"))
    assert main(["knowledge", "import", str(file)]) == 0
    assert capsys.readouterr().out == "0 nye, 3 endret.\n"
    assert Environment.objects.get(slug="it").name == "Informasjonsteknologi"
    with pytest.raises(UnreadableDeclaration, match=r"doktor.*environments 2"):
        import_environments(FILE.replace('level = "bachelor"', 'level = "doktor"', 1), at=timezone.now())
