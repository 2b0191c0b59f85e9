"""What passes between those who compose and those who approve: comments, letters, and exactly what is approved."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.mail.models import Letter
from samtall.programmes.models import Programme
from samtall.publications import commenting, composing, operations, queries
from samtall.publications.differing import differences
from samtall.publications.models import Edition
from samtall.publications.published import Published
from samtall.publications.refusals import NotTheSame, SettledAlready
from tests.golden import Golden

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
DESK = "/publikasjoner/aaret/1/"

ClientOf = Callable[[User], Client]


@pytest.fixture
def said(programme_manager: User) -> dict[str, Any]:
    return {"by": programme_manager.signature, "at": AT}


@pytest.fixture
def edition(programme: Programme, said: dict[str, Any]) -> Edition:
    """One of 2017 with a heading, a text and a figure."""
    name = Words("Alle", "Alle", "All")
    definition = Definition(unit=Unit.ORGANISATIONS, sides=("outside",))
    figures.make("alle", name=name, definition=definition, public=True, by="test", at=AT)
    edition = operations.begin(
        programme,
        "aaret",
        sort="report",
        title=Words("Året", "Året", "The year"),
        starts=date(2017, 1, 1),
        ends=date(2017, 12, 31),
        **said,
    )
    edition.blocks.all().delete()
    composing.add(edition, "figure", {"figure": "alle", "version": 1, "groupings": [], "text": {}}, **said)
    composing.add(edition, "text", {"text": {"nb": "Det gikk bra.", "nn": "", "en": ""}}, **said)
    composing.add(edition, "heading", {"text": {"nb": "Resultater", "nn": "", "en": ""}, "level": 2}, **said)
    return edition


def main_of(response: Any) -> str:
    return str(response.content.decode().split("<main")[1])


# Comments


def test_a_comment_waits_for_who_composes_until_it_is_settled(
    edition: Edition, reader: User, programme_manager: User
) -> None:
    block = edition.blocks.all()[1]
    first = commenting.comment(edition, block=block, text="Hvor bra?", by=reader.signature, at=AT)
    commenting.comment(edition, text="Hvor er Nome?", by=reader.signature, at=AT)
    commenting.comment(edition, text="Husk Sauherad", by=programme_manager.signature, at=AT)
    assert [one.text for one in queries.comments_waiting(programme_manager)] == ["Hvor bra?", "Hvor er Nome?"]
    assert list(queries.comments_waiting(reader)) == []
    answer = commenting.answer(first, text="Veldig bra", by=programme_manager.signature, at=AT)
    assert (answer.block, answer.answers) == (block, first)
    commenting.settle(first, by=programme_manager.signature, at=AT)
    assert [one.text for one in queries.comments_waiting(programme_manager)] == ["Hvor er Nome?"]
    with pytest.raises(SettledAlready):
        commenting.settle(first, by=programme_manager.signature, at=AT)


def test_a_reader_comments_on_a_block_in_the_browser_and_is_answered(
    edition: Edition, client_of: ClientOf, reader: User, programme_manager: User
) -> None:
    block = edition.blocks.all()[1]
    client_of(reader).post(f"{DESK}blokk/{block.pk}/kommentar/", {"text": "Hvor bra?"})
    comment = edition.comments.get()
    client_of(programme_manager).post(f"{DESK}kommentar/{comment.pk}/svar/", {"text": "Svært bra"})
    shown = main_of(client_of(reader).get(f"{DESK}arbeid/"))
    assert ("Hvor bra?" in shown, "Svært bra" in shown, "Programme manager" in shown) == (True, True, True)
    client_of(programme_manager).post(f"{DESK}kommentar/{comment.pk}/avklart/")
    comment.refresh_from_db()
    assert comment.settled_by == programme_manager.signature


def test_what_was_said_of_a_block_comes_back_with_it(edition: Edition, reader: User, said: dict[str, Any]) -> None:
    block = edition.blocks.all()[1]
    comment = commenting.comment(edition, block=block, text="Hvor bra?", by=reader.signature, at=AT)
    composing.remove(block, **said)
    composing.put_back(block, **said)
    comment.refresh_from_db()
    assert (comment.block, comment.block and comment.block.edition) == (block, edition)


# Letters and tasks


def test_those_who_may_approve_are_written_to_once_and_not_who_made_it(
    edition: Edition, said: dict[str, Any], validator: User, reader: User
) -> None:
    operations.propose(edition, **said)
    letters = [(one.to, one.about) for one in Letter.objects.all()]
    assert letters == [(validator.email, f"edition:{edition.pk}")]
    assert "/publikasjoner/aaret/1/gjennomgang/" in Letter.objects.get().text
    assert (queries.to_approve(validator), queries.to_approve(reader)) == ([edition], [])


def test_who_made_it_is_told_that_it_was_sent_back_and_why_and_that_it_was_approved(
    edition: Edition, said: dict[str, Any], validator: User, programme_manager: User
) -> None:
    operations.propose(edition, **said)
    operations.send_back(edition, why="Nome mangler", by=validator.signature, at=AT)
    back = Letter.objects.filter(to=programme_manager.email).get()
    assert ("Nome mangler" in back.text, queries.to_approve(validator)) == (True, [])
    assert queries.sent_back_to(programme_manager) == [(edition, "Nome mangler")]
    operations.propose(edition, **said)
    assert Letter.objects.filter(to=validator.email).count() == 2
    assert queries.sent_back_to(programme_manager) == []
    operations.approve(edition, by=validator.signature, at=AT)
    assert [one.subject for one in Letter.objects.filter(to=programme_manager.email).order_by("pk")][1:] == [
        "Godkjent og publisert: Året, 01.01.2017–31.12.2017"
    ]


# What is approved


def test_nobody_approves_something_else_than_she_read(
    edition: Edition, said: dict[str, Any], validator: User, client_of: ClientOf
) -> None:
    operations.propose(edition, **said)
    read, colleague = edition.checksum, client_of(validator)
    assert f'name="checksum" value="{read}"' in main_of(colleague.get(f"{DESK}gjennomgang/"))

    operations.send_back(edition, why="En ting til", by=validator.signature, at=AT)
    composing.add(edition, "text", {"text": {"nb": "En ting til", "nn": "", "en": ""}}, **said)
    operations.propose(edition, **said)
    with pytest.raises(NotTheSame):
        operations.approve(edition, checksum=read, by=validator.signature, at=AT)
    for checksum in (read, ""):
        colleague.post(f"{DESK}godkjenn/", {"checksum": checksum})
        edition.refresh_from_db()
        assert edition.state == Edition.State.PROPOSED
    colleague.post(f"{DESK}godkjenn/", {"checksum": edition.checksum})
    edition.refresh_from_db()
    assert edition.state == Edition.State.PUBLISHED


def test_who_made_it_and_who_only_reads_are_not_offered_to_approve(
    edition: Edition, said: dict[str, Any], client_of: ClientOf, programme_manager: User, reader: User
) -> None:
    operations.propose(edition, **said)
    assert "Godkjenn og publiser" not in main_of(client_of(programme_manager).get(f"{DESK}gjennomgang/"))
    assert client_of(reader).get(f"{DESK}gjennomgang/").status_code == 404
    assert client_of(reader).post(f"{DESK}godkjenn/", {"checksum": edition.checksum}).status_code == 404


def test_what_differs_from_the_last_edition_is_told_in_words_and_numbers(
    edition: Edition,
    said: dict[str, Any],
    validator: User,
    coordinator: User,
    golden: Golden,
    client_of: ClientOf,
) -> None:
    operations.propose(edition, **said)
    operations.approve(edition, by=validator.signature, at=AT)
    operations.withdraw(edition, why="Nytt opptak", by=validator.signature, at=LATER)
    activities.withdraw(golden.activities[5], by=coordinator, at=LATER, reason="never took place")
    following = operations.begin_edition(edition.publication, starts=edition.starts, ends=edition.ends, **said)
    heading, text, figure = following.blocks.all()
    composing.change(text, {"text": {"nb": "Det gikk nokså bra.", "nn": "", "en": ""}}, revision=1, **said)
    composing.add(following, "part", {"part": "lead"}, after=figure.pk, **said)
    composing.remove(heading, **said)
    composing.put_back(heading, **said)
    operations.propose(following, by=said["by"], at=LATER)

    before = queries.previous(following)
    assert before == edition
    found = differences(Published.of(edition.frozen), Published.of(following.frozen))
    year = "01.01.2017–31.12.2017"
    lead = str(Published.of(following.frozen).blocks[-1].paragraphs[0])
    assert [(one.about, one.before, one.now, one.remark) for one in found] == [
        ("Tekst (nb)", "Det gikk bra.", "Det gikk nokså bra.", ""),
        ("Alle", f"4 virksomheter, {year}", f"3 virksomheter, {year}", "1 færre"),
        ("Ingress", "", lead, ""),
    ]
    shown = main_of(client_of(validator).get("/publikasjoner/aaret/2/gjennomgang/"))
    assert ("1 færre" in shown, "Det gikk nokså bra." in shown) == (True, True)


def test_an_edition_that_says_the_same_differs_in_nothing(
    edition: Edition, said: dict[str, Any], validator: User
) -> None:
    operations.propose(edition, **said)
    same = Published.of(edition.frozen)
    assert differences(same, same) == []
