"""What is to be confirmed, in one sentence."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from samtall.activities import operations as activities
from samtall.activities import registry
from samtall.activities.models import Activity
from samtall.base.text import LANGUAGES
from samtall.confirmations.sentences import sentence, when
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

SAID = {
    "nb": "Kari Nordmann og Ola Hansen skrev studentoppgave sammen med Bø Bygg AS fra januar til juni 2017: «Tre».",
    "nn": "Kari Nordmann og Ola Hansen skreiv studentoppgåve saman med Bø Bygg AS frå januar til juni 2017: «Tre».",
    "en": "Kari Nordmann and Ola Hansen wrote a thesis together with Bø Bygg AS from January to June 2017: “Tre”.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_did_what_with_whom_and_when(language: str, thesis: Activity) -> None:
    with translation.override(language):
        assert sentence(thesis) == SAID[language]


def test_people_without_names_are_told_by_number(thesis: Activity, said: dict[str, Any]) -> None:
    college = Organisation.objects.get(name="Høgskolen")
    activities.add_participation(thesis, role="student", organisation=college, head_count=3, **said)
    assert sentence(thesis).startswith("Kari Nordmann, Ola Hansen og 3 studenter skrev")
    assert sentence(thesis, named=False).startswith("5 studenter skrev")


def test_who_left_and_who_was_erased_are_not_named(thesis: Activity, said: dict[str, Any]) -> None:
    kari, ola = thesis.participations.filter(role="student").order_by("pk")
    activities.drop_out(ola, on=date(2017, 3, 1), **said)
    assert kari.person is not None
    parties.erase_person(kari.person, **said)
    assert sentence(thesis).startswith("1 student skrev")


def test_pupils_are_pupils(thesis: Activity, said: dict[str, Any]) -> None:
    company, school = Organisation.objects.get(name="Bø Bygg AS"), Organisation.objects.get(name="Høgskolen")
    visit = activities.record("company_visit", title="Tre", starts=date(2017, 3, 3), state="completed", **said)
    activities.add_participation(visit, role="host", organisation=company, **said)
    activities.add_participation(visit, role="pupil", organisation=school, head_count=24, **said)
    assert sentence(visit) == "24 elever besøkte Bø Bygg AS 3. mars 2017: «Tre»."


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2017, 6, 15), date(2017, 6, 15), "15. juni 2017"),
        (date(2017, 6, 1), date(2017, 6, 15), "i juni 2017"),
        (date(2016, 8, 15), date(2017, 6, 1), "fra august 2016 til juni 2017"),
        (date(2017, 6, 15), None, "15. juni 2017"),
    ],
)
def test_time_is_told_as_people_tell_it(first: date, last: date | None, said: str) -> None:
    assert when(first, last) == said


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.code)
def test_every_kind_can_be_told_in_every_language(kind: Any, thesis: Activity) -> None:
    thesis.kind = kind.code
    for language in LANGUAGES:
        with translation.override(language):
            thesis.participations.all().delete()
            assert "{" not in sentence(thesis)
