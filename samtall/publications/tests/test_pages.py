"""Publications on the screen: read by everybody once published, and by those who make them before."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.models import Edition

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)

ClientOf = Callable[[User], Client]


@pytest.fixture
def edition(programme: Programme, programme_manager: User) -> Edition:
    return operations.begin(
        programme,
        "midt-telemark",
        sort="page",
        title=Words("Midt-Telemark", "Midt-Telemark", "Midt-Telemark"),
        starts=programme.starts,
        ends=programme.ends,
        by=programme_manager.signature,
        at=AT,
    )


def test_an_edition_is_put_forward_by_one_approved_by_another_and_then_read_by_everybody(
    edition: Edition, client_of: ClientOf, client: Client, programme_manager: User, validator: User
) -> None:
    address = "/publikasjoner/midt-telemark/"
    manager, colleague = client_of(programme_manager), client_of(validator)

    manager.post(f"{address}1/legg-fram/")
    assert client.get(f"{address}1/").status_code == HTTPStatus.NOT_FOUND
    assert b"Godkjenn og publiser" not in manager.get(f"{address}1/arbeid/").content

    edition.refresh_from_db()
    read = {"checksum": edition.checksum}
    manager.post(f"{address}1/godkjenn/", read)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND

    colleague.post(f"{address}1/godkjenn/", read)
    edition.refresh_from_db()
    shown = client.get(address)
    assert (shown.status_code, edition.checksum in shown.content.decode()) == (HTTPStatus.OK, True)


def test_a_withdrawn_edition_says_why(edition: Edition, client: Client) -> None:
    operations.propose(edition, by="user:1", at=AT)
    operations.approve(edition, by="user:2", at=AT)
    operations.withdraw(edition, why="Et tall var galt", by="user:2", at=AT)
    assert "Et tall var galt" in client.get("/publikasjoner/midt-telemark/1/").content.decode()


def test_nothing_but_the_edition_is_asked_when_it_is_read(
    edition: Edition, client: Client, django_assert_num_queries: Any
) -> None:
    operations.propose(edition, by="user:1", at=AT)
    operations.approve(edition, by="user:2", at=AT)
    client.get("/publikasjoner/midt-telemark/1/")
    with django_assert_num_queries(3):  # the edition, whether it was withdrawn, and other editions
        client.get("/publikasjoner/midt-telemark/1/")


def test_the_front_page_leads_to_what_a_programme_has_published(edition: Edition, client: Client) -> None:
    way = '<a href="/publikasjoner/midt-telemark/">Midt-Telemark</a>'
    assert way not in client.get("/").content.decode()
    operations.propose(edition, by="user:1", at=AT)
    operations.approve(edition, by="user:2", at=AT)
    assert way in client.get("/").content.decode()
