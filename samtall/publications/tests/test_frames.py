"""One figure of an edition by itself: its page, a frame on any site, and an image."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.models import Block, Edition, Publication

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
ANCHOR = "alle-1-20160101-20171231"
PAGE = f"/publikasjoner/aara/1/tall/{ANCHOR}/"
FRAME, IMAGE = f"/bygg-inn/aara/1/{ANCHOR}/", f"/bygg-inn/aara/1/{ANCHOR}.svg"
NEWEST = "/bygg-inn/aara/siste/alle/"
NAME = Words("Alle <samarbeid>", "Alle <samarbeid>", "All <collaborations>")
SVG = "{http://www.w3.org/2000/svg}"

ClientOf = Callable[[User], Client]


@pytest.fixture
def edition(programme: Programme) -> Edition:
    figures.make("alle", name=NAME, definition=Definition(unit=Unit.ACTIVITIES), public=True, by="test", at=AT)
    return an_edition(programme, date(2016, 1, 1), date(2017, 12, 31))


def an_edition(programme: Programme, starts: date, ends: date) -> Edition:
    said: dict[str, Any] = {"by": "user:1", "at": AT}
    title = Words("Åra", "Åra", "The years")
    known = Publication.objects.filter(slug="aara").first()
    edition = (
        operations.begin_edition(known, starts=starts, ends=ends, **said)
        if known
        else operations.begin(programme, "aara", sort="report", title=title, starts=starts, ends=ends, **said)
    )
    edition.blocks.all().delete()
    shown = {"figure": "alle", "version": 1, "groupings": [], "text": {}}
    Block.objects.create(edition=edition, ordering=1, sort="figure", said=shown)
    operations.propose(edition, **said)
    return operations.approve(edition, by="user:2", at=AT)


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_a_figure_has_a_page_of_its_own_that_tells_how_to_embed_it(edition: Edition, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert f"http://localhost:8000{PAGE}" in page
    assert page.count("&lt;iframe src=") == 2 and page.count("&lt;img src=") == 1
    for address in (FRAME, IMAGE, NEWEST):
        assert f"http://localhost:8000{address}?sprak=nb" in page
        assert client.get(f"{address}?sprak=nb").status_code == HTTPStatus.OK


def test_any_site_may_frame_a_figure_and_nothing_else(edition: Edition, client: Client) -> None:
    answers = {address: client.get(address) for address in (FRAME, NEWEST, PAGE)}
    framing = {
        address: (
            next(part for part in answer["Content-Security-Policy"].split("; ") if part.startswith("frame-ancestors")),
            answer.headers.get("X-Frame-Options"),
        )
        for address, answer in answers.items()
    }
    open_, closed = ("frame-ancestors *", None), ("frame-ancestors 'none'", "DENY")
    assert framing == {FRAME: open_, NEWEST: open_, PAGE: closed}


def test_a_frame_gets_no_cookie_sets_none_and_is_the_same_for_all(
    edition: Edition, client: Client, client_of: ClientOf, coordinator: User
) -> None:
    known = client_of(coordinator)
    known.cookies["language"] = "en"
    answers = [client.get(FRAME), known.get(FRAME)]
    assert answers[0].content == answers[1].content
    assert [answer.cookies.output() for answer in answers] == ["", ""]
    assert answers[0]["Cache-Control"] == "public, max-age=3600"


def test_in_a_frame_there_is_nothing_to_press_but_a_link_out_of_it(edition: Edition, client: Client) -> None:
    shown = Elements(client.get(FRAME).content.decode())
    pressed = [
        tag for tag, _attributes in shown.found if tag in ("form", "input", "button", "script", "textarea", "select")
    ]
    assert pressed == []
    (link,) = shown.all("a")
    assert link == {"href": f"http://localhost:8000{PAGE}", "target": "_top"}


@pytest.mark.parametrize(("language", "unit"), [("nb", "aktiviteter"), ("nn", "aktivitetar"), ("en", "activities")])
def test_a_frame_is_in_the_language_that_its_address_asks_for(
    edition: Edition, client: Client, language: str, unit: str
) -> None:
    page = client.get(f"{FRAME}?sprak={language}")
    assert page["Content-Language"] == language
    assert f'<html lang="{language}"' in page.content.decode()
    assert f"</span> {unit} <span" in page.content.decode()


def test_the_image_stands_alone_and_is_told_to_those_who_do_not_see_it(edition: Edition, client: Client) -> None:
    answer = client.get(f"{IMAGE}?sprak=en")
    assert answer["Content-Type"] == "image/svg+xml"
    image = ET.fromstring(answer.content)
    title, description = image.find(f"{SVG}title"), image.find(f"{SVG}desc")
    assert title is not None and title.text == "All <collaborations>"
    assert description is not None and description.text == "5 activities, 01.01.2016–31.12.2017. 2016: 1; 2017: 5"
    assert image.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    text = answer.content.decode()
    assert [word for word in ("var(", "currentColor", "style=", 'class="ds', "href=") if word in text] == []
    assert "http://localhost:8000" not in text


def test_the_newest_follows_what_is_published_and_not_withdrawn(
    edition: Edition, programme: Programme, client: Client
) -> None:
    assert "01.01.2016–31.12.2017" in client.get(NEWEST).content.decode()
    newer = an_edition(programme, date(2017, 1, 1), date(2017, 12, 31))
    assert "01.01.2017–31.12.2017" in client.get(NEWEST).content.decode()
    operations.withdraw(newer, why="Et tall var galt", by="user:2", at=AT)
    assert "01.01.2016–31.12.2017" in client.get(NEWEST).content.decode()
    assert "trukket" in client.get("/bygg-inn/aara/2/alle-1-20170101-20171231/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/bygg-inn/aara/1/finnes-ikke/",
        "/bygg-inn/aara/9/alle-1-20160101-20171231/",
        "/bygg-inn/aara/siste/finnes-ikke/",
        "/bygg-inn/finnes-ikke/siste/alle.svg",
        "/publikasjoner/aara/1/tall/finnes-ikke/",
    ],
)
def test_what_is_not_there_is_not_found(edition: Edition, client: Client, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.usefixtures("unguarded")
def test_what_is_not_published_is_shown_on_its_page_to_those_who_make_it_and_embedded_nowhere(
    edition: Edition, client: Client, client_of: ClientOf, coordinator: User, settings: Settings
) -> None:
    Edition.objects.update(state=Edition.State.PROPOSED)
    makers = client_of(coordinator)
    found = {
        address: (client.get(address).status_code, makers.get(address).status_code) for address in (PAGE, FRAME, IMAGE)
    }
    assert found == {PAGE: (404, 200), FRAME: (404, 404), IMAGE: (404, 404)}
    assert "iframe" not in makers.get(PAGE).content.decode()
