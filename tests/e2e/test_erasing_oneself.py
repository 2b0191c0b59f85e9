"""A student sees, takes along and erases what is held about her; the figures stay."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page

from samtall.accounts.models import User
from samtall.base import clock
from samtall.config.prove import somebody
from samtall.figures.operations import ensure_catalogue

pytestmark = pytest.mark.django_db(transaction=True)
NAME, EMAIL = "Åse Trædal", "ase.traedal@student.example.org"


def test_a_student_erases_herself(
    open_page: Callable[..., Page],
    examine: Callable[[Page], list[str]],
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    settings.DEMONSTRATION, settings.ERASURES = True, str(tmp_path / "erasures.jsonl")
    ensure_catalogue(by="system:test", at=clock.now())
    somebody.live(somebody.make_region(at=clock.now()), NAME, EMAIL, files=False, at=clock.now())
    User.objects.filter(email=EMAIL).update(demonstration=True)
    before = somebody.figures_now()

    page = open_page(width=360, scheme="dark", scripts=False)
    page.goto("/logg-inn/?next=/min-side/")
    page.click("button[name=role][value=student]")
    page.goto("/min-side/")
    assert f"{NAME}s oppgave om tre" in page.inner_text("main")
    page.click("text=Se hva vi har om deg")
    assert EMAIL in page.inner_text("main")
    with page.expect_download() as downloading:
        page.click("text=Last ned som data (JSON)")
    assert NAME in json.dumps(json.loads(downloading.value.path().read_text()), ensure_ascii=False)

    looking = open_page(width=360, scheme="dark")
    looking.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    wrong = {}
    for address in ("/min-side/", "/min-side/opplysninger/", "/min-side/retting/", "/min-side/slett/"):
        looking.goto(address)
        if found := examine(looking):
            wrong[address] = found
    assert wrong == {}

    page.click("main >> text=Slett meg")
    page.click("text=Slett meg for godt")
    assert page.inner_text("h1") == "Du er slettet"
    page.goto("/min-side/")
    assert page.url.endswith("/logg-inn/?next=/min-side/")
    assert somebody.rooms_holding(EMAIL) == set()
    assert somebody.figures_now() == before
