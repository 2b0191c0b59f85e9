"""An edition composed in the browser: block by block, by several, and only while it is a draft."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities.refusals import Invalid
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.programmes.models import Programme
from samtall.publications import composing, operations, queries
from samtall.publications.missing import lacks
from samtall.publications.models import Block, Edition
from samtall.publications.refusals import ChangedMeanwhile, PeriodTaken, WrongState
from samtall.publications.views.composing import as_it_reads

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
YEAR: dict[str, Any] = {"starts": date(2017, 1, 1), "ends": date(2017, 12, 31)}
DESK = "/publikasjoner/aaret/1/"

ClientOf = Callable[[User], Client]


def text(nb: str = "", nn: str = "", en: str = "") -> dict[str, Any]:
    return {"text": {"nb": nb, "nn": nn, "en": en}}


@pytest.fixture
def edition(programme: Programme, programme_manager: User) -> Edition:
    """One with nothing in it."""
    edition = operations.begin(
        programme,
        "aaret",
        sort="report",
        title=Words("Året", "Året", "The year"),
        **YEAR,
        by=programme_manager.signature,
        at=AT,
    )
    edition.blocks.all().delete()
    return edition


@pytest.fixture
def said(programme_manager: User) -> dict[str, Any]:
    return {"by": programme_manager.signature, "at": AT}


@pytest.fixture
def three(edition: Edition, said: dict[str, Any]) -> list[Block]:
    first = composing.add(edition, "text", text("En"), **said)
    third = composing.add(edition, "text", text("Tre"), after=first.pk, **said)
    return [first, composing.add(edition, "text", text("To"), after=first.pk, **said), third]


def order(edition: Edition) -> list[str]:
    return [one.said["text"]["nb"] for one in edition.blocks.all()]


def main_of(response: Any) -> str:
    return str(response.content.decode().split("<main")[1])


def test_a_block_stands_after_the_one_it_was_added_to(edition: Edition, three: list[Block]) -> None:
    assert order(edition) == ["En", "To", "Tre"]
    assert [one.ordering for one in edition.blocks.all()] == [1, 2, 3]


def test_blocks_change_places_and_the_first_goes_no_further(
    edition: Edition, three: list[Block], said: dict[str, Any]
) -> None:
    composing.move(three[2], up=True, **said)
    assert order(edition) == ["En", "Tre", "To"]
    composing.move(three[0], up=True, **said)
    assert order(edition) == ["En", "Tre", "To"]
    composing.move(three[0], up=False, **said)
    assert order(edition) == ["Tre", "En", "To"]


def test_what_is_taken_out_is_put_back_where_it_stood(
    edition: Edition, three: list[Block], said: dict[str, Any]
) -> None:
    composing.remove(three[1], **said)
    assert (order(edition), [one.pk for one in edition.removed.all()]) == (["En", "Tre"], [three[1].pk])
    with pytest.raises(WrongState):
        composing.change(three[1], text("Noe"), revision=1, **said)
    composing.put_back(three[1], **said)
    assert (order(edition), edition.removed.count()) == (["En", "To", "Tre"], 0)


def test_who_writes_what_another_has_changed_meanwhile_is_told_and_loses_nothing(
    edition: Edition, three: list[Block], said: dict[str, Any], client_of: ClientOf, programme_manager: User
) -> None:
    client, address = client_of(programme_manager), f"{DESK}blokk/{three[0].pk}/"
    assert 'name="revision" value="1"' in client.get(address).content.decode()
    composing.change(three[0], text("En annen skrev dette"), revision=1, **said)

    refused = client.post(address, {"text_nb": "Jeg skrev dette", "revision": "1"})
    shown = main_of(refused)
    assert refused.status_code == 422
    assert ("En annen skrev dette" in shown, "Jeg skrev dette" in shown) == (True, True)
    assert 'name="revision" value="2"' in shown

    client.post(address, {"text_nb": "Begge deler", "revision": "2"})
    assert order(edition) == ["Begge deler", "To", "Tre"]


def test_a_text_is_in_bokmål_or_nynorsk_and_what_was_typed_stays(
    edition: Edition, client_of: ClientOf, programme_manager: User
) -> None:
    client, address = client_of(programme_manager), f"{DESK}blokk/ny/text/"
    refused = client.post(address, {"text_en": "Only English"})
    assert (refused.status_code, "Only English" in main_of(refused)) == (422, True)
    client.post(address, {"text_nn": "Berre nynorsk"})
    assert [one.said for one in edition.blocks.all()] == [text(nn="Berre nynorsk")]


@pytest.mark.parametrize(
    ("sort", "nonsense"),
    [
        ("link", text("Dokument") | {"url": "javascript:alert(1)"}),
        ("part", {"part": "secrets"}),
        ("figure", {"figure": "unknown", "version": 1, "groupings": []}),
        ("banner", {}),
        ("heading", text() | {"level": 2}),
    ],
)
def test_what_cannot_be_said_is_refused(
    edition: Edition, said: dict[str, Any], sort: str, nonsense: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        composing.add(edition, sort, nonsense, **said)
    assert edition.blocks.count() == 0


def test_only_a_figure_that_everybody_may_read_or_that_is_protected_can_be_published(
    edition: Edition, said: dict[str, Any], client_of: ClientOf, programme_manager: User
) -> None:
    secret = Definition(unit=Unit.ACTIVITIES)
    for slug, definition in (("hemmelig", secret), ("folk", Definition(unit=Unit.PEOPLE, kinds=("course",)))):
        name = Words(slug, slug, slug)
        figures.make(slug, name=name, definition=definition, public=False, by="test", at=AT)
    with pytest.raises(Invalid):
        composing.add(edition, "figure", {"figure": "hemmelig", "version": 1, "groupings": []}, **said)

    client = client_of(programme_manager)
    found = main_of(client.get(f"{DESK}blokk/ny/figure/?q=folk"))
    assert ("tall=folk" in found, "tall=hemmelig" in found) == (True, False)
    client.post(f"{DESK}blokk/ny/figure/?tall=folk", {"version": "1", "groupings": ["kind", "municipality"]})
    kept = edition.blocks.get().said
    assert (kept["figure"], kept["version"], kept["groupings"]) == ("folk", 1, ["kind", "municipality"])


def test_a_figure_stays_with_its_version_and_the_newer_one_stands_beside_it(
    edition: Edition, said: dict[str, Any], client_of: ClientOf, programme_manager: User
) -> None:
    name = Words("Alle", "Alle", "All")
    old, new = Definition(unit=Unit.ORGANISATIONS), Definition(unit=Unit.ORGANISATIONS, sides=("outside",))
    figures.make("alle", name=name, definition=old, public=True, by="test", at=AT)
    block = composing.add(edition, "figure", {"figure": "alle", "version": 1, "groupings": []} | text(), **said)
    figures.define("alle", name=name, definition=new, reason="Uten skolene", by="test", at=AT)

    (lack,) = lacks([(block, as_it_reads(edition).blocks[0])])
    assert (lack.newer, as_it_reads(edition).blocks[0].figure.version) == (2, 1)  # type: ignore[union-attr]
    client = client_of(programme_manager)
    shown = main_of(client.get(f"{DESK}blokk/{block.pk}/"))
    assert ("Valgt: versjon 1" in shown, "Den nyeste: versjon 2" in shown) == (True, True)
    client.post(f"{DESK}blokk/{block.pk}/", {"version": "2", "revision": "1"})
    block.refresh_from_db()
    assert block.said["version"] == 2


def test_what_is_missing_is_told_block_by_block(edition: Edition, said: dict[str, Any]) -> None:
    composing.add(edition, "heading", text("Økonomi", "Økonomi", "Economy") | {"level": 2}, **said)
    whole = edition.blocks.get()
    empty = Block.objects.create(edition=edition, ordering=2, sort="text", said=text())
    half = composing.add(edition, "text", text(nn="Pengane rakk"), after=empty.pk, **said)
    pairs = list(zip(edition.blocks.all(), as_it_reads(edition).blocks, strict=True))
    assert [(one.block, one.text) for one in lacks(pairs)] == [
        (empty, "Det er ikke skrevet noe under «Økonomi» ennå."),
        (half, "Tekst «Pengane rakk» finnes ikke på bokmål eller på engelsk: der vises den på nynorsk."),
    ]
    assert whole not in [one.block for one in lacks(pairs)]


def test_nothing_is_changed_once_it_is_put_forward(
    edition: Edition, three: list[Block], said: dict[str, Any], client_of: ClientOf, programme_manager: User
) -> None:
    operations.propose(edition, **said)
    for act in (
        lambda: composing.add(edition, "text", text("Fire"), **said),
        lambda: composing.change(three[0], text("Fire"), revision=1, **said),
        lambda: composing.move(three[0], up=False, **said),
        lambda: composing.remove(three[0], **said),
        lambda: composing.reframe(edition, **YEAR, title=Words("A", "A", "A"), protection="hidden", **said),
    ):
        with pytest.raises(WrongState):
            act()
    assert order(edition) == ["En", "To", "Tre"]
    client = client_of(programme_manager)
    refused = client.post(f"{DESK}blokk/{three[0].pk}/", {"text_nb": "Skrevet lenge", "revision": "1"})
    assert (refused.status_code, "Skrevet lenge" in main_of(refused)) == (422, True)
    assert "Legg til under" not in main_of(client.get(f"{DESK}arbeid/"))


def test_title_period_and_protection_are_changed_while_it_is_a_draft(
    edition: Edition, three: list[Block], said: dict[str, Any], client_of: ClientOf, programme_manager: User
) -> None:
    other = operations.begin_edition(edition.publication, starts=date(2018, 1, 1), ends=date(2018, 12, 31), **said)
    with pytest.raises(PeriodTaken):
        composing.reframe(other, **YEAR, title=Words("A", "A", "A"), protection="rounded", **said)
    form = {"title_nb": "Året vårt", "title_nn": "Året vårt", "title_en": "Our year", "protection": "hidden"}
    client_of(programme_manager).post(f"{DESK}ramme/", form | {"starts": "01.01.2017", "ends": "30.06.2017"})
    edition.refresh_from_db()
    assert (edition.ends, edition.protection, edition.publication.title["nb"]) == (
        date(2017, 6, 30),
        "hidden",
        "Året vårt",
    )


def test_the_draft_is_read_as_it_will_stand_and_saved_nowhere(
    edition: Edition, three: list[Block], client_of: ClientOf, reader: User
) -> None:
    shown = main_of(client_of(reader).get(f"{DESK}utkast/"))
    assert ("Utkast" in shown, shown.index("En") < shown.index("Tre")) == (True, True)
    edition.refresh_from_db()
    assert (edition.frozen, edition.position) == ("", None)


def test_the_desk_composes_without_javascript(
    edition: Edition, three: list[Block], client_of: ClientOf, programme_manager: User
) -> None:
    client = client_of(programme_manager)
    client.post(f"{DESK}blokk/{three[2].pk}/flytt/", {"way": "up"})
    assert order(edition) == ["En", "Tre", "To"]
    client.post(f"{DESK}blokk/{three[2].pk}/ta-ut/")
    assert "Tekst: Tre" in main_of(client.get(f"{DESK}arbeid/"))
    client.post(f"{DESK}blokk/{three[2].pk}/sett-tilbake/")
    assert order(edition) == ["En", "Tre", "To"]


def test_who_composed_does_not_approve(
    edition: Edition, three: list[Block], said: dict[str, Any], validator: User
) -> None:
    composing.change(three[0], text("Rettet"), revision=1, by=validator.signature, at=AT)
    operations.propose(edition, **said)
    assert queries.who_made(edition) == {said["by"], validator.signature}
    assert queries.to_approve(validator) == []


def test_two_who_save_at_once_do_not_both_win(edition: Edition, three: list[Block], said: dict[str, Any]) -> None:
    mine, yours = (Block.objects.get(pk=three[0].pk) for _ in range(2))
    composing.change(mine, text("Mitt"), revision=mine.revision, **said)
    with pytest.raises(ChangedMeanwhile):
        composing.change(yours, text("Ditt"), revision=1, **said)
    assert order(edition)[0] == "Mitt"
