"""A survey with a question of each sort, and a round of it that is open."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtall.base.text import Words
from samtall.mail.models import Letter
from samtall.surveys import operations
from samtall.surveys.models import Round, Survey

AT = datetime(2016, 3, 1, 9, tzinfo=UTC)
BY = "system:test"


def same(text: str) -> Words:
    return Words(text, text, text)


@pytest.fixture
def survey(db: None) -> Survey:
    survey = operations.make("deling", name=same("Deling"), by=BY, at=AT)
    operations.ask(survey, sort="scale", text=same("Deler dere?"))
    operations.ask(survey, sort="yes_no", text=same("Kjenner dere høgskolen?"))
    operations.ask(survey, sort="choice", text=same("Hvem?"), choices=[same("Skole"), same("Bedrift"), same("Begge")])
    operations.ask(survey, sort="text", text=same("Hva mangler?"))
    return survey


@pytest.fixture
def opened(survey: Survey) -> Round:
    return open_a_round(survey, 12)


def open_a_round(survey: Survey, count: int, *, year: int = 2016) -> Round:
    at = datetime(year, 3, 1, 9, tzinfo=UTC)
    round_ = operations.plan(survey, closes=date(year, 4, 1), reminds=date(year, 3, 15), by=BY, at=at)
    operations.invite(round_, [f"p{number}@bedrift.example" for number in range(count)])
    return operations.open_round(round_, by=BY, at=at)


def tokens_in_letters(round_: Round) -> list[str]:
    """What stands in the invitations, in the order in which they were written."""
    found = []
    for letter in Letter.objects.filter(about=round_.source).order_by("pk")[: round_.invited]:
        match = re.search(r"/svar/([\w-]+)/", letter.text)
        assert match
        found.append(match[1])
    return found


def answer_all(round_: Round, *said: Any) -> None:
    from samtall.surveys.queries import token_of

    for token, one in zip(tokens_in_letters(round_), said, strict=False):
        found = token_of(token)
        assert found
        operations.answer(found, one)
