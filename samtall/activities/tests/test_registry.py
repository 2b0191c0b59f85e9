"""Kinds are declared well, and their words reach those who read the ledger."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings

from samtall.activities import registry
from samtall.activities.kind import Kind
from samtall.base.text import Words
from samtall.kinds.course import KIND as COURSE
from samtall.kinds.thesis import KIND as THESIS
from samtall.ledger import vocabulary

WRONG = {
    "a code with spaces": replace(THESIS, code="my thesis"),
    "a code that is too long": replace(THESIS, code="t" * 41),
    "a role twice": replace(THESIS, roles=(*THESIS.roles, THESIS.roles[0])),
    "a word missing in nynorsk": replace(THESIS, words=Words(nb="Oppgave", nn="", en="Thesis")),
    "no evidence": replace(THESIS, evidence=()),
    "no outside role": replace(THESIS, roles=THESIS.roles[1:]),
}


def test_the_kinds_are_those_of_the_settings_in_their_order() -> None:
    assert [f"samtall.kinds.{kind.code}" for kind in registry.kinds()] == settings.KINDS


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_a_wrong_declaration_is_found_at_the_start(wrong: Kind) -> None:
    with pytest.raises(registry.WrongDeclaration):
        registry.check_declarations([wrong])


def test_the_same_kind_twice_is_found() -> None:
    with pytest.raises(registry.WrongDeclaration):
        registry.check_declarations([THESIS, THESIS])


def test_a_role_means_the_same_in_every_kind() -> None:
    other = replace(COURSE.roles[0], code="host")
    with pytest.raises(registry.WrongDeclaration):
        registry.check_declarations([THESIS, replace(COURSE, roles=(other, COURSE.roles[1]))])


def test_words_of_kinds_roles_evidence_and_outcomes_can_be_read() -> None:
    said = [
        vocabulary.words_for(dimension, code).nn
        for dimension, code in (
            ("kind", "thesis"),
            ("kind_many", "thesis"),
            ("role", "business"),
            ("evidence", "minutes"),
            ("unit", "fte"),
            ("outcome", "no_show"),
            ("family", "network"),
        )
    ]
    assert said == [
        "Studentoppgåve",
        "Studentoppgåver",
        "Bedrift på kurs",
        "Referat",
        "årsverk",
        "Ikkje møtt",
        "Nettverk",
    ]


def test_kinds_follow_the_settings() -> None:
    with override_settings(KINDS=["samtall.kinds.course"]):
        assert [kind.code for kind in registry.kinds()] == ["course"]
