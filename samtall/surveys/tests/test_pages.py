"""The pages: answering without an account or JavaScript, running a survey in the browser, and its results."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samtall.accounts.models import User
from samtall.surveys import operations
from samtall.surveys.models import Answer, Round, Survey
from samtall.surveys.tests.conftest import answer_all, open_a_round, tokens_in_letters


@pytest.fixture
def manager(programme_manager: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(programme_manager)


def test_somebody_without_an_account_answers_and_is_thanked_also_the_second_time(opened: Round, client: Client) -> None:
    scale, yes_no, choice, text = opened.survey.questions.all()
    address = f"/svar/{tokens_in_letters(opened)[0]}/"
    page = client.get(address)
    assert (page.status_code, page["Referrer-Policy"], page["X-Robots-Tag"]) == (200, "no-referrer", "noindex")
    assert not page.cookies
    said = {f"q{scale.pk}": "4", f"q{yes_no.pk}": "1", f"q{choice.pk}": "2", f"q{text.pk}": "Mer tid"}
    for _ in range(2):
        thanked = client.post(address, said)
        assert (thanked.status_code, thanked.templates[0].name) == (200, "surveys/thanks.html")
    kept = sorted(Answer.objects.values_list("question__ordering", "number", "text"))
    assert kept == [(1, 4, ""), (2, 1, ""), (3, 2, ""), (4, None, "Mer tid")]


@pytest.mark.parametrize(
    "said", [{}, {"scale": "6"}, {"scale": "x"}, {"yes_no": "2"}, {"choice": "3"}, {"text": "x" * 501}]
)
def test_what_is_no_answer_is_said_so_and_the_link_is_not_used_up(
    opened: Round, client: Client, said: dict[str, str]
) -> None:
    named = {
        f"q{question.pk}": said[question.sort] for question in opened.survey.questions.all() if question.sort in said
    }
    address = f"/svar/{tokens_in_letters(opened)[0]}/"
    assert client.post(address, named).status_code == 422
    assert client.get(address).context["form"]
    assert Answer.objects.count() == 0


def test_what_is_written_wrongly_is_not_lost(opened: Round, client: Client) -> None:
    scale, *_between, text = opened.survey.questions.all()
    page = client.post(f"/svar/{tokens_in_letters(opened)[0]}/", {f"q{scale.pk}": "9", f"q{text.pk}": "Mer tid"})
    assert "Mer tid" in page.content.decode()


def test_a_link_that_is_not_whole_and_a_round_that_is_closed_say_so(opened: Round, client: Client) -> None:
    token = tokens_in_letters(opened)[0]
    operations.close(opened, at=datetime(2016, 3, 2, tzinfo=UTC))
    assert [client.get(f"/svar/{one}/").status_code for one in (token, token[:-1], "x")] == [410, 410, 410]


def test_the_questions_are_in_three_languages(opened: Round, client: Client) -> None:
    address = f"/svar/{tokens_in_letters(opened)[0]}/"
    submits = [client.get(address, {"lang": code}).content.decode() for code in ("nb", "nn", "en")]
    words = ["Send svaret", "Send svaret", "Send the answer"]
    assert [word in page for word, page in zip(words, submits, strict=True)] == [True] * 3


def test_a_survey_is_made_asked_and_closed_in_the_browser(db: None, manager: Client) -> None:
    names = {f"name_{language}": "Kjennskap" for language in ("nb", "nn", "en")}
    assert manager.post("/undersokelser/ny/", names)["Location"] == "/undersokelser/kjennskap/"
    assert manager.post("/undersokelser/ny/", names).status_code == 422
    texts = {f"text_{language}": "Hvem?" for language in ("nb", "nn", "en")}
    few = texts | {"sort": "choice", "choices_nb": "A\nB", "choices_nn": "A\nB", "choices_en": "A"}
    assert manager.post("/undersokelser/kjennskap/sporsmal/ny/", few).status_code == 422
    assert manager.post("/undersokelser/kjennskap/sporsmal/ny/", few | {"choices_en": "A\nB"}).status_code == 302
    late = {"closes": "01.01.2015", "language": "nb"}
    assert manager.post("/undersokelser/kjennskap/runde/ny/", late).status_code == 422
    closes = f"{timezone.localdate() + timedelta(days=9):%d.%m.%Y}"
    page = manager.post("/undersokelser/kjennskap/runde/ny/", late | {"closes": closes})
    assert page["Location"] == "/undersokelser/kjennskap/runde/1/"
    addresses = "\n".join(f"p{number}@bedrift.example" for number in range(6))
    assert manager.post(page["Location"], {"do": "invite", "addresses": addresses + "\nx"}).status_code == 422
    assert manager.post(page["Location"], {"do": "invite", "addresses": addresses}).status_code == 302
    manager.post(page["Location"], {"do": "open"})
    assert Round.objects.get().invited == 6
    manager.post(page["Location"], {"do": "close"})
    assert Round.objects.get().closed_at
    assert "0 av 6 har svart" in manager.get("/undersokelser/kjennskap/").content.decode()


def test_results_tell_the_rate_the_interval_and_the_change_in_words(
    survey: Survey, reader: User, client_of: Callable[[User], Client]
) -> None:
    scale, *_between, text = survey.questions.all()
    for year, numbers in ((2016, [2, 2, 3, 3, 2, 1]), (2018, [4, 4, 5, 4, 3, 4, 5])):
        opened = open_a_round(survey, 10, year=year)
        answer_all(opened, *({scale.pk: number, text.pk: "Mer tid"} for number in numbers))
        operations.close(opened, at=datetime(year, 4, 2, tzinfo=UTC))
    page = client_of(reader).get("/undersokelser/deling/")
    shown = page.context["results"][0]
    assert [row[1:] for row in shown.table.rows] == [(6, "2,2", "1,4 til 3,0"), (7, "4,1", "3,5 til 4,8")]
    assert shown.change == (
        "Fra første runde til siste: +2,0, med 95 prosent sikkerhet mellom +1,1 og +2,9. "
        "Det er mer enn tilfeldigheter alene sannsynligvis gir."
    )
    assert "6 av 10 har svart (60 prosent)" in page.content.decode()
    assert page.context["texts"] == []
