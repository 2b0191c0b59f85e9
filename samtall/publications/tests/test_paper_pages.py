"""The addresses of publications on paper."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.programmes.models import Programme
from samtall.publications import operations
from samtall.publications.models import Block, Edition
from samtall.publications.tests.papers import text_of
from tests.golden import Golden

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
ADDRESS = "/publikasjoner/aaret/1"


@pytest.fixture
def edition(programme: Programme) -> Edition:
    """A report of 2017 with one figure, put forward."""
    edition = operations.begin(
        programme,
        "aaret",
        sort="report",
        title=Words("Året", "Året", "The year"),
        starts=date(2017, 1, 1),
        ends=date(2017, 12, 31),
        by="user:1",
        at=AT,
    )
    edition.blocks.all().delete()
    outside = Definition(unit=Unit.ORGANISATIONS, sides=("outside",))
    version = figures.make(
        "alle", name=Words("Alle partnere", "Alle partnarar", "All"), definition=outside, public=True, by="test", at=AT
    )
    said = {"figure": "alle", "version": version.number, "groupings": [], "text": {}}
    Block.objects.create(edition=edition, ordering=1, sort="figure", said=said)
    return operations.propose(edition, by="user:1", at=AT)


def test_what_is_not_published_is_printed_for_those_who_make_it_and_says_so(
    edition: Edition, client: Client, client_of: Callable[[User], Client], programme_manager: User
) -> None:
    assert client.get(f"{ADDRESS}/nb.pdf").status_code == HTTPStatus.NOT_FOUND
    answered = client_of(programme_manager).get(f"{ADDRESS}/nb.pdf")
    assert "Denne utgaven er ikke publisert." in text_of(answered.content)


def test_everybody_gets_a_published_edition_in_three_languages_and_no_other(edition: Edition, client: Client) -> None:
    operations.approve(edition, by="user:2", at=AT)
    answered = client.get(f"{ADDRESS}/nn.pdf")
    assert (answered["Content-Type"], answered["Content-Disposition"]) == (
        "application/pdf",
        'inline; filename="aaret-1-nn.pdf"',
    )
    printed = text_of(answered.content)
    assert ("Alle partnarar" in printed, "ikkje publisert" in printed) == (True, False)
    assert client.get(f"{ADDRESS}/en.pdf").status_code == HTTPStatus.OK
    assert client.get(f"{ADDRESS}/de.pdf").status_code == HTTPStatus.NOT_FOUND
    assert f"{ADDRESS}/nb.pdf" in client.get(f"{ADDRESS}/").content.decode()


def test_a_withdrawn_edition_says_why_on_paper_too(edition: Edition, client: Client) -> None:
    operations.approve(edition, by="user:2", at=AT)
    operations.withdraw(edition, why="Et tall var galt", by="user:2", at=AT)
    printed = text_of(client.get(f"{ADDRESS}/nb.pdf").content)
    assert "Denne utgaven ble trukket 01.02.2018: Et tall var galt" in printed


def test_what_was_corrected_is_a_sheet_of_its_own_and_leaves_the_edition_as_it_was(
    edition: Edition, client: Client, golden: Golden, coordinator: User
) -> None:
    operations.approve(edition, by="user:2", at=AT)
    before = client.get(f"{ADDRESS}/nb.pdf").content
    assert "Ingenting: alle tall er det de var." in text_of(client.get(f"{ADDRESS}/rettelser.pdf").content)

    activities.withdraw(golden.activities[5], by=coordinator, at=AT, reason="never took place")

    assert "Alle partnere 4 virksomheter 3 virksomheter" in text_of(client.get(f"{ADDRESS}/rettelser.pdf").content)
    assert client.get(f"{ADDRESS}/nb.pdf").content == before
