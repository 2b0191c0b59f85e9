"""Every page there is, in both themes, wide and narrow: accessible, and within its window.

The pages are those of `samtall/accounts/matrix.csv`, each seen by somebody who may, with the demonstration's region
behind them. Each is loaded once: size and theme are changed as a reader changes them.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django import Settings

from samtall.config.prove.addresses import matrix
from samtall.config.prove.people import Cast, make_cast
from samtall.config.prove.things import Things, make_things, path_of
from samtall.demonstration import operations as demonstration
from tests.e2e.conftest import faults_in_every_look

pytestmark = pytest.mark.django_db(transaction=True)

#: Who looks: for each page the first of them who may.
READERS = ("public", "coordinator", "validator", "programme_manager", "administrator", "privacy", "partner", "student")


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.DATA = tmp_path
    demonstration.load()
    return make_cast()


@pytest.fixture
def things(cast: Cast) -> Things:
    users = cast.users
    return make_things(
        reader=users["reader"],
        partner=users["partner"],
        administrator=users["administrator"],
        company=cast.company,
    )


def pages(cast: Cast, things: Things) -> Iterator[tuple[str, str]]:
    """Every address that answers with a page, and who looks at it."""
    browsers = {reader: Client() for reader in READERS}
    for reader in READERS[1:]:
        browsers[reader].force_login(cast.users[reader])
    for name, row in matrix().items():
        reader = next((one for one in READERS if row[one] == "ok"), "")
        if reader:
            path = path_of(name, things)
            response = browsers[reader].get(path)
            whole = response.status_code == 200 and b"<html" in response.getvalue()  # not a part of one, nor a file
            no_scripts = "sandbox" in response.get("Content-Security-Policy", "")  # a letter, in which nothing runs
            if whole and not no_scripts:
                yield reader, path


def test_every_page_is_accessible_and_fits_in_both_themes(
    cast: Cast, things: Things, open_page: Callable[..., Page]
) -> None:
    wrong: dict[str, list[str]] = {}
    windows: dict[str, Page] = {}
    looked = 0
    for reader, path in list(pages(cast, things)):
        if reader not in windows:
            windows[reader] = signed_in(open_page(), cast, reader)
        page = windows[reader]
        page.goto(path)
        assert page.url.endswith(path)  # and not the page where one signs in
        wrong |= {f"{path} {look}": found for look, found in faults_in_every_look(page).items()}
        looked += 1
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)
    assert looked > 80


def signed_in(page: Page, cast: Cast, reader: str) -> Page:
    if reader in cast.users:
        client = Client()
        client.force_login(cast.users[reader])
        page.goto("/om/")
        session, origin = client.cookies["sessionid"].value, page.evaluate("location.origin")
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": f"{origin}/"}])
    return page
