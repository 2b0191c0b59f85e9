"""A target that a survey's question measures, from the round that is its baseline."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from samtall.base.declarations import read_text
from samtall.programmes import operations
from samtall.programmes.exporting import as_toml, text_of
from samtall.programmes.files import MIDT_TELEMARK, programme_of
from samtall.programmes.models import Programme, Target
from samtall.programmes.starting import started_from
from samtall.surveys import operations as surveys
from samtall.surveys.models import Question, Survey
from samtall.surveys.tests.conftest import answer_all, open_a_round, survey  # noqa: F401 - a fixture

AT = datetime(2014, 1, 2, 8, tzinfo=UTC)
BY = "system:test"
PAGE = "/program/midt-telemark/mal/kultur/"


@pytest.fixture
def programme(db: None) -> Programme:
    return operations.load(MIDT_TELEMARK, by=BY, at=AT)


@pytest.fixture
def question(programme: Programme, survey: Survey) -> Question:  # noqa: F811
    question = survey.questions.get(sort="scale")
    values = {
        "slug": "kultur",
        "ordering": 9,
        "text": {"nb": "Kultur", "nn": "Kultur", "en": "Culture"},
        "question": question,
        "baseline_round": 1,
        "value": 3_500,
        "since": date(2014, 1, 1),
        "deadline": date(2018, 1, 1),
    }
    operations.change(Target(programme=programme), values, by=BY, at=AT)
    return question


def hold(question: Question, year: int, numbers: list[int]) -> None:
    opened = open_a_round(question.survey, 20, year=year)
    answer_all(opened, *({question.pk: number} for number in numbers))
    surveys.close(opened, at=datetime(year, 4, 2, tzinfo=UTC))


def test_the_baseline_alone_tells_nothing_and_a_later_round_does(question: Question, client: Client) -> None:
    hold(question, 2014, [2] * 6)
    assert client.get(PAGE, {"per": "31.12.2014"}).context["target"].status.value == "cannot_tell"
    hold(question, 2016, [3] * 6)
    shown = client.get(PAGE, {"per": "31.12.2016"}).context
    target = shown["target"]
    assert (target.path.baseline, target.actual, target.status.value) == (2, 3, "behind")
    rate = "6 av 20 har svart (30 prosent)"
    assert [row[1:3] for row in shown["asked"].rows] == [(rate, "2,0"), (rate, "3,0")]
    assert client.get(PAGE, {"per": "01.06.2016"}).context["target"].status.value == "on_the_way"
    assert client.get("/program/midt-telemark/").status_code == 200


def test_too_few_answers_leave_it_untold(question: Question, client: Client) -> None:
    """R20"""
    hold(question, 2014, [2] * 6)
    hold(question, 2016, [5] * 4)
    assert client.get(PAGE).context["target"].actual is None


def test_a_file_takes_the_survey_with_it_and_a_new_region_gets_its_own(
    question: Question, programme: Programme
) -> None:
    told = text_of(programme)
    assert programme_of(read_text(as_toml(told), name="file")) == told
    started = started_from(told, region="midt-telemark", name=told.name, starts=date(2026, 1, 1))
    assert [one.slug for one in started.surveys] == ["deling-midt-telemark-i-byregionprogrammet"]
    made = operations.take(started, by=BY, at=AT)
    target = made.targets.get(slug="kultur")
    assert target.question
    assert (target.question.survey.rounds.count(), target.baseline_round) == (0, None)
