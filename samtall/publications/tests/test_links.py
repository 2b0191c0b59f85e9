"""Links for council and funder: what they open, how deep, and until when."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samtall.accounts.models import User
from samtall.activities.refusals import Invalid
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.parties.models import Organisation
from samtall.programmes.models import Programme
from samtall.publications import linking, operations
from samtall.publications.models import Block, Edition, ReadingLink
from samtall.publications.queries import token_hash
from samtall.publications.refusals import LinkEnded

ClientOf = Callable[[User], Client]


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def edition(programme: Programme, programme_manager: User, at: datetime) -> Edition:
    """A draft of 2017 with a figure of organisations and one of people."""
    edition = operations.begin(
        programme,
        "aaret",
        sort="report",
        title=Words("Året", "Året", "The year"),
        starts=date(2017, 1, 1),
        ends=date(2017, 12, 31),
        by=programme_manager.signature,
        at=at,
    )
    edition.blocks.all().delete()
    organisations, people = Definition(unit=Unit.ORGANISATIONS, sides=("outside",)), Definition(unit=Unit.PEOPLE)
    for place, (slug, definition) in enumerate((("alle", organisations), ("folk", people)), start=1):
        figures.make(slug, name=Words(slug, slug, slug), definition=definition, public=True, by="test", at=at)
        said = {"figure": slug, "version": 1, "groupings": ["kind"], "text": {}}
        Block.objects.create(edition=edition, ordering=place, sort="figure", said=said)
    return edition


@pytest.fixture
def proposed(edition: Edition, programme_manager: User, at: datetime) -> Edition:
    return operations.propose(edition, by=programme_manager.signature, at=at)


@pytest.fixture
def give(edition: Edition, programme_manager: User, at: datetime) -> Callable[..., str]:
    """Gives a link to the edition, and its address."""

    def give(depth: str = "edition", *, whole: bool = False) -> str:
        _link, token = linking.give(
            edition,
            whole=whole,
            depth=depth,
            label="Bø kommunestyre",
            ends=at.date() + linking.USUAL,
            by=programme_manager.signature,
            at=at,
        )
        return reverse("read-by-link", args=[token])

    return give


def main_of(response: Any) -> str:
    return str(response.content.decode().split("<main")[1])


ANCHOR = "alle-1-20170101-20171231"


def test_the_council_reads_what_is_put_forward_before_it_is_approved_and_never_a_draft(
    edition: Edition, give: Callable[..., str], client: Client, programme_manager: User, validator: User, at: datetime
) -> None:
    address = give()
    assert "Ingenting er lagt fram nå" in main_of(client.get(address))
    operations.propose(edition, by=programme_manager.signature, at=at)
    assert "ikke godkjent ennå" in main_of(client.get(address))
    operations.send_back(edition, why="Nei", by=validator.signature, at=at)
    assert "Ingenting er lagt fram nå" in main_of(client.get(address))
    operations.propose(edition, by=programme_manager.signature, at=at)
    operations.approve(edition, by=validator.signature, at=at)
    shown = main_of(client.get(address))
    assert ("ikke godkjent ennå" in shown, edition.checksum in shown) == (False, True)


def test_a_page_behind_a_link_is_told_to_nobody(proposed: Edition, give: Callable[..., str], client: Client) -> None:
    for address in (give("names"), f"{give('names')}{ANCHOR}/"):
        shown = client.get(address)
        assert shown.status_code == 200
        assert dict(shown.cookies) == {}
        names = ("Referrer-Policy", "X-Robots-Tag", "Cache-Control")
        assert [shown[name] for name in names] == ["no-referrer", "noindex", "no-store"]
        assert client.post(address).status_code == 405


def test_a_link_to_the_edition_opens_no_lists(proposed: Edition, give: Callable[..., str], client: Client) -> None:
    address = give()
    assert ANCHOR not in main_of(client.get(address)).replace(f'id="{ANCHOR}', "").replace(f'"{ANCHOR}-name"', "")
    assert client.get(f"{address}{ANCHOR}/").status_code == 410


def test_the_organisations_behind_a_figure_are_those_of_its_position(
    proposed: Edition, give: Callable[..., str], client: Client
) -> None:
    address = give("names")
    assert f"{address}{ANCHOR}/" in main_of(client.get(address))
    shown = main_of(client.get(f"{address}{ANCHOR}/"))
    names = [f"{letter} AS" for letter in "ABC" if f"{letter} AS" in shown]
    assert ("4 virksomheter" in shown, names) == (True, ["A AS", "B AS", "C AS"])
    assert "/virksomheter/" not in shown


def test_lists_name_organisations_and_never_people(proposed: Edition, give: Callable[..., str], client: Client) -> None:
    address, people = give("exact"), "folk-1-20170101-20171231"
    assert client.get(f"{address}{people}/").status_code == 410
    a = Organisation.objects.get(name="A AS")
    a.form, a.name = "ENK", "Kari Nordmann"
    a.save()
    shown = main_of(client.get(f"{address}{ANCHOR}/"))
    assert ("Kari Nordmann" in shown, "Et foretak som er én person" in shown) == (False, True)


def test_numbers_on_people_are_exact_only_where_the_link_says_so_and_who_gave_it_is_shown(
    proposed: Edition, give: Callable[..., str], client: Client
) -> None:
    def number(address: str) -> str:
        section = main_of(client.get(address)).split('id="folk-1-20170101-20171231"')[1]
        return section.split('big-figure-number">')[1].split("<")[0]

    usual, exact = give("names"), give("exact")
    assert number(usual) != number(exact)
    assert int(number(usual)) % 5 == 0
    assert "Programme manager ga denne tilgangen" in main_of(client.get(exact))


def test_a_link_opens_until_its_last_day_and_not_after(
    proposed: Edition, give: Callable[..., str], client: Client, at: datetime
) -> None:
    address = give()
    ReadingLink.objects.update(ends=at.date())
    assert client.get(address).status_code == 200
    ReadingLink.objects.update(ends=at.date() - timedelta(days=1))
    over = client.get(address)
    assert (over.status_code, "Lenken kan ikke brukes" in main_of(over)) == (410, True)
    assert main_of(client.get("/les/finnes-ikke/")) == main_of(over)


@pytest.mark.parametrize(("days", "held"), [(-1, False), (0, True), (730, True), (731, False)])
def test_a_link_is_given_for_at_most_two_years(edition: Edition, at: datetime, days: int, held: bool) -> None:
    said: dict[str, Any] = {"whole": False, "depth": "edition", "label": "Bø", "by": "user:1", "at": at}
    ends = timezone.localdate() + timedelta(days=days)
    if held:
        linking.give(edition, ends=ends, **said)
    else:
        with pytest.raises(Invalid):
            linking.give(edition, ends=ends, **said)
    assert ReadingLink.objects.count() == held


def test_a_link_that_is_ended_opens_nothing_and_is_ended_once(
    proposed: Edition, give: Callable[..., str], client: Client, at: datetime
) -> None:
    address, link = give(), ReadingLink.objects.get()
    linking.end(link, by="user:1", at=at)
    assert client.get(address).status_code == 410
    with pytest.raises(LinkEnded):
        linking.end(link, by="user:1", at=at)


def test_readings_are_counted_and_of_when_the_day_alone_is_kept(
    proposed: Edition, give: Callable[..., str], client: Client, at: datetime
) -> None:
    address = give()
    client.head(address)
    for _again in range(3):
        client.get(address)
    link = ReadingLink.objects.get()
    assert (link.times_read, link.last_read) == (3, timezone.localdate())


def test_a_link_to_the_latest_edition_goes_on_to_the_next(
    proposed: Edition, give: Callable[..., str], client: Client, programme_manager: User, validator: User, at: datetime
) -> None:
    address = give(whole=True)
    operations.approve(proposed, by=validator.signature, at=at)
    by: dict[str, Any] = {"by": programme_manager.signature, "at": at}
    following = operations.begin_edition(proposed.publication, starts=date(2018, 1, 1), ends=date(2018, 12, 31), **by)
    assert proposed.checksum in main_of(client.get(address))
    operations.propose(following, **by)
    assert following.checksum in main_of(client.get(address))


def test_the_address_of_a_link_is_shown_once_and_kept_nowhere(
    proposed: Edition, client_of: ClientOf, client: Client, programme_manager: User
) -> None:
    manager = client_of(programme_manager)
    ends = f"{timezone.localdate() + timedelta(days=10):%d.%m.%Y}"
    form = {"label": "Bø kommunestyre", "whole": "edition", "depth": "names", "ends": ends}
    made = main_of(manager.post("/publikasjoner/aaret/1/lenke/", form))
    token = made.split("/les/")[1].split("/")[0]
    link = ReadingLink.objects.get()
    assert (link.token_hash, link.edition, link.depth) == (token_hash(token), proposed, "names")
    client.get(f"/les/{token}/")
    listed = main_of(manager.get("/publikasjoner/lenker/"))
    assert (token in listed, "Bø kommunestyre" in listed, "1 gang, sist" in listed) == (False, True, True)
    manager.post(f"/publikasjoner/lenker/{link.pk}/avslutt/")
    assert client.get(f"/les/{token}/").status_code == 410


def test_a_link_shows_the_language_that_is_asked_for(
    proposed: Edition, give: Callable[..., str], client: Client
) -> None:
    shown = client.get(f"{give()}?lang=en")
    assert ("The year" in main_of(shown), shown["Content-Language"]) == (True, "en")
