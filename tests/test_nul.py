"""An address with NUL in it, which PostgreSQL takes nowhere, leads nowhere on any page and in the API."""

import pytest
from django.test import Client
from django.urls import get_resolver

from samtall.accounts.models import User
from samtall.config.middleware import NUL
from samtall.config.prove.addresses import walk


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_no_address_can_have_nul_where_it_takes_text(browser: Client) -> None:
    with_text = [one for one in walk(get_resolver()) if "<str:" in one.route or "<slug:" in one.route]
    patterns = [one.route.split("<")[0] + "x%00y/" for one in with_text]
    assert len(patterns) > 20
    assert {browser.get(f"/{path}").status_code for path in patterns} == {404}


@pytest.mark.parametrize("path", ["/", "/virksomheter/", "/sok/", "/henvendelser/", "/api/v1/figures"])
def test_no_address_can_ask_for_nul_after_its_question_mark(browser: Client, path: str) -> None:
    answers = [browser.get(f"{path}?{asked}") for asked in ("q=a%00", "%00=a")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert NUL not in answers[0].content.decode()


def test_a_machine_is_answered_as_a_machine(client: Client, db: None) -> None:
    absent, unread = client.get("/api/v1/figures/%00"), client.get("/api/v1/figures?q=%00")
    assert [(one.status_code, one.json()["code"]) for one in (absent, unread)] == [(404, "A2"), (400, "H1")]
    assert absent["Content-Type"] == "application/problem+json"
