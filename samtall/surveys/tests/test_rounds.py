"""A round from plan to close: who may answer once, what is kept of it, and what is not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import models

from samtall.activities.refusals import Invalid
from samtall.mail.models import Letter
from samtall.surveys import operations, work
from samtall.surveys.models import Answer, Invitee, Question, Round, Survey, Token
from samtall.surveys.queries import hash_of, token_of
from samtall.surveys.results import difference, results_of
from samtall.surveys.tests.conftest import AT, BY, answer_all, open_a_round, same, tokens_in_letters


def test_everybody_who_is_invited_gets_a_letter_and_one_reminder_with_the_same_link(opened: Round) -> None:
    letters = list(Letter.objects.filter(about=opened.source).order_by("pk"))
    assert (opened.invited, len(letters)) == (12, 24)
    invitations, reminders = letters[:12], letters[12:]
    assert {one.due_at for one in invitations} == {AT}
    assert {one.due_at for one in reminders} == {datetime(2016, 3, 15, 7, tzinfo=UTC)}
    tokens = tokens_in_letters(opened)
    assert len(set(tokens)) == 12
    assert all(token in reminder.text for token, reminder in zip(tokens, reminders, strict=True))
    assert {hash_of(token) for token in tokens} == {token.hash for token in Token.objects.all()}


def test_an_address_is_invited_once_and_what_is_none_is_named_by_its_line(survey: Survey) -> None:
    round_ = operations.plan(survey, closes=date(2016, 4, 1), by=BY, at=AT)
    assert operations.invite(round_, ["a@b.example", "A@b.example", "c@d.example"]) == 2
    assert operations.invite(round_, ["a@b.example"]) == 0
    with pytest.raises(Invalid, match="2"):
        operations.invite(round_, ["e@f.example", "nobody"])
    assert round_.invitees.count() == 2


def test_a_round_of_fewer_than_five_is_not_opened_for_nothing_of_it_could_be_shown(survey: Survey) -> None:
    """R20"""
    with pytest.raises(Invalid):
        open_a_round(survey, 4)


def test_questions_stand_once_a_round_has_opened(opened: Round) -> None:
    with pytest.raises(operations.Standing):
        operations.ask(opened.survey, sort="scale", text=same("Mer?"))
    with pytest.raises(operations.Standing):
        operations.take_back(opened.survey.questions.earliest("pk"))
    with pytest.raises(operations.NotPlanned):
        operations.open_round(opened, by=BY, at=AT)


def test_one_answer_each_and_sent_again_it_changes_nothing(opened: Round) -> None:
    token, question = tokens_in_letters(opened)[0], opened.survey.questions.earliest("pk")
    found = token_of(token)
    assert found
    assert [operations.answer(found, {question.pk: 4}), operations.answer(found, {question.pk: 1})] == [True, False]
    assert list(Answer.objects.values_list("number", flat=True)) == [4]


def test_no_column_ties_an_answer_to_a_token_an_address_another_answer_or_a_time() -> None:
    """What is not kept cannot be led back: the columns themselves are held to that."""
    columns = {model: {field.name for field in model._meta.get_fields()} for model in (Answer, Token, Invitee)}
    assert columns == {
        Answer: {"key", "round", "question", "number", "text"},
        Token: {"hash", "round", "used"},
        Invitee: {"id", "round", "address"},
    }
    timed = [one for model in columns for one in model._meta.get_fields() if isinstance(one, models.DateField)]
    assert timed == []


def test_closing_empties_tokens_addresses_and_letters_and_writes_the_answers_anew(opened: Round) -> None:
    scale, *_others, text = opened.survey.questions.all()
    answer_all(opened, *({scale.pk: number % 5 + 1, text.pk: f"Svar {number}"} for number in range(7)))
    before = set(Answer.objects.values_list("key", flat=True))
    operations.close(opened, at=AT + timedelta(days=31))
    assert (opened.invited, opened.answered) == (12, 7)
    assert (Token.objects.count(), Invitee.objects.count()) == (0, 0)
    assert {(one.to, one.text) for one in Letter.objects.filter(about=opened.source)} == {("", "")}
    assert not Letter.objects.filter(state=Letter.State.WAITING).exists()
    after = Answer.objects.all()
    assert len(after) == 14
    assert before.isdisjoint(one.key for one in after)


def test_a_round_closes_by_itself_after_its_last_day(opened: Round) -> None:
    assert not work.close_due(datetime(2016, 4, 1, 20, tzinfo=UTC))
    assert work.close_due(datetime(2016, 4, 2, 6, tzinfo=UTC))
    assert not work.close_due(datetime(2016, 4, 2, 6, tzinfo=UTC))
    assert Round.objects.get().closed_at


def test_nothing_is_told_of_a_round_that_is_open(opened: Round) -> None:
    """R20: two looks would tell what came in between."""
    scale = opened.survey.questions.earliest("pk")
    answer_all(opened, *({scale.pk: 3} for _ in range(8)))
    assert results_of(scale) == []


def told(question: Question, numbers: list[list[int]]) -> list[object]:
    for year, round_ in enumerate(numbers, start=2016):
        opened = open_a_round(question.survey, 30, year=year)
        answer_all(opened, *({question.pk: number} for number in round_))
        operations.close(opened, at=datetime(year, 4, 2, tzinfo=UTC))
    return [(one.count, one.estimate and round(one.estimate.value, 2), one.cells) for one in results_of(question)]


def test_a_scale_is_told_by_its_mean_and_by_its_answers_where_none_are_few(survey: Survey) -> None:
    """R20: a mean beside some of the counts would tell the others."""
    scale = survey.questions.get(sort="scale")
    assert told(scale, [[3] * 4, [1, 2, 3, 4, 5, 5], [3] * 6 + [4] * 6]) == [
        (4, None, ()),
        (6, 3.33, ()),
        (12, 3.5, (0, 0, 6, 6, 0)),
    ]


def test_a_share_is_kept_back_where_few_gave_one_of_the_answers(survey: Survey) -> None:
    question = survey.questions.get(sort="yes_no")
    assert told(question, [[1] * 4 + [0] * 20, [1] * 15 + [0] * 5, [0] * 9]) == [
        (24, None, (None, None)),
        (20, 0.75, (5, 15)),
        (9, 0.0, (9, 0)),
    ]
    withheld, shown, last = results_of(question)
    assert difference(withheld, shown) is None
    assert difference(shown, last)


def test_choices_are_told_by_count_with_small_ones_kept_back(survey: Survey) -> None:
    question = survey.questions.get(sort="choice")
    assert told(question, [[0] * 9 + [1] * 3 + [2] * 7]) == [(19, None, (9, None, None))]
