"""What is published is the same for ever: on both databases, whoever freezes it, and whatever is tried (R19)."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from samtall.accounts.models import User
from samtall.base.errors import Refusal
from samtall.base.text import Words
from samtall.figures.compiler import Grouping
from samtall.figures.definitions import Definition, Rule, Unit
from samtall.places.models import Region
from samtall.programmes.models import Programme
from samtall.publications import composing, freezing, operations
from samtall.publications.blocks import GROUPINGS
from samtall.publications.models import Edition, Publication, Step
from samtall.publications.refusals import TooMuch
from samtall.publications.tests.test_freezing import AT, LATER, ORGANISATIONS, PEOPLE, YEAR, begun, published

#: Every answer of the golden example below. A rule that changes it breaks what regions have published (ADR 0027): give
#: the new rule a name of its own beside the old one, and leave this as it is.
ANSWERS = {
    "rounded": "6aa594d8a323f4fa731023eb7edb6294199c154defe4ba24b655ea308bf5cfdb",
    "hidden": "f98c2c8c2af1dfbbf3b136debe3cbd8e9f7fe148fde217688cfb27366f82afd1",
}
SHOWN = (
    ORGANISATIONS,
    PEOPLE,
    ("i-gang", Definition(unit=Unit.ACTIVITIES, rule=Rule.ACTIVE)),
    ("timer", Definition(unit=Unit.HOURS, kinds=("course",))),
    ("steder", Definition(unit=Unit.ESTABLISHMENTS)),
)


def divided(programme: Programme, by: User, protection: str) -> Edition:
    edition = begun(programme, by, *SHOWN)
    for block in edition.blocks.all():
        # institutions are called by their id, which another database may give anew
        block.said |= {"groupings": [str(one) for one in GROUPINGS if one is not Grouping.INSTITUTION]}
        block.save()
    Edition.objects.filter(pk=edition.pk).update(protection=protection)
    edition.refresh_from_db()
    return edition


@pytest.mark.parametrize("protection", Edition.Protection.values)
def test_the_golden_example_gives_the_same_bytes_on_every_database_and_after_every_change_of_the_program(
    programme: Programme, programme_manager: User, protection: str
) -> None:
    edition = operations.propose(
        divided(programme, programme_manager, protection), by=programme_manager.signature, at=AT
    )
    kept = ("definition", "period", "periods", "first", "groupings", "answers")
    answers = [{name: one[name] for name in kept} for one in json.loads(edition.frozen)["figures"]]
    assert hashlib.sha256(freezing.written({"figures": answers}).encode()).hexdigest() == ANSWERS[protection]


def test_it_is_the_same_bytes_whichever_language_it_is_frozen_in(programme: Programme, programme_manager: User) -> None:
    edition = operations.begin(
        programme, "side", sort="page", title=Words("Å", "Å", "Å"), **YEAR, by=programme_manager.signature, at=AT
    )
    frozen = set()
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            frozen.add(freezing.written(freezing.frozen(edition, position=9, at=AT, on=AT.date())))
    assert len(frozen) == 1


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE publications_edition SET frozen = '{}'",
        "UPDATE publications_edition SET checksum = 'x'",
        "UPDATE publications_edition SET position = 1",
        "UPDATE publications_edition SET checkpoint = ''",
        "UPDATE publications_edition SET number = 7",
        "UPDATE publications_edition SET ends = '2020-01-01'",
        "UPDATE publications_edition SET state = 'draft'",
        "UPDATE publications_edition SET state = 'draft', frozen = '', checksum = '', position = NULL",
        "DELETE FROM publications_edition",
    ],
)
@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_database_refuses_to_change_what_is_published(
    programme: Programme, programme_manager: User, validator: User, deed: str, withdrawn: bool
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    if withdrawn:
        operations.withdraw(edition, why="feil", by=validator.signature, at=LATER)
    before = list(Edition.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)
    assert list(Edition.objects.values()) == before


def test_what_is_withdrawn_is_not_published_again(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    operations.withdraw(edition, why="feil", by=validator.signature, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(state="published")


def test_what_is_published_does_not_go_with_its_publication_or_programme(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    for above in (edition.publication, programme, edition):
        with pytest.raises(DatabaseError), transaction.atomic():
            above.delete()
    assert Edition.objects.get().frozen == edition.frozen


def test_an_edition_holds_no_more_than_can_be_read(edition_of: Edition, programme_manager: User) -> None:
    said: dict[str, Any] = {"by": programme_manager.signature, "at": AT}
    for _number in range(composing.MOST):
        edition_of.blocks.create(ordering=1, sort="text", said={"text": {"nb": "x"}})
    with pytest.raises(TooMuch):
        composing.add(edition_of, "text", {"text": {"nb": "x"}}, **said)


@pytest.fixture
def edition_of(programme: Programme, programme_manager: User) -> Edition:
    return begun(programme, programme_manager)


@pytest.mark.parametrize("days", [(date(1000, 1, 1), date(2017, 1, 1)), (date(9990, 1, 1), date(9999, 12, 31))])
def test_a_slip_of_the_pen_does_not_make_a_thousand_periods(
    programme: Programme, days: tuple[date, date], programme_manager: User
) -> None:
    edition = begun(programme, programme_manager, ORGANISATIONS)
    with pytest.raises(Refusal):
        operations.begin_edition(edition.publication, starts=days[0], ends=days[1], by="user:1", at=AT)


# At the same time

needs_real_rows = pytest.mark.django_db(transaction=True)


def _at_once(*acts: Any) -> list[str]:
    """What became of things that were done at the same time."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time, which begins by waiting for the others")
    ready = Barrier(len(acts))

    def run(act: Any) -> str:
        try:
            ready.wait()
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


@pytest.fixture
def waiting(transactional_db: None) -> Edition:
    """One that is put forward, committed for others to see."""
    region = Region.objects.create(slug="her", name_nb="Her", name_nn="Her", name_en="Here")
    words = Words("Her", "Her", "Here")
    programme = Programme.objects.create(
        slug="her", region=region, name=words.as_dict(), starts=YEAR["starts"], ends=YEAR["ends"]
    )
    edition = operations.begin(programme, "her", sort="report", title=words, **YEAR, by="user:1", at=AT)
    return operations.propose(edition, by="user:1", at=AT)


def _again(edition: Edition) -> Edition:
    return Edition.objects.get(pk=edition.pk)


@needs_real_rows
def test_of_two_that_approve_at_once_one_is_told_that_it_is_done(waiting: Edition) -> None:
    acts = [
        lambda who=who: operations.approve(_again(waiting), checksum=waiting.checksum, by=who, at=AT)
        for who in ("user:2", "user:3", "user:4")
    ]
    assert _at_once(*acts) == ["WrongState", "WrongState", "done"]
    assert Step.objects.filter(what="published").count() == 1


@needs_real_rows
def test_what_is_sent_back_while_it_is_approved_is_one_or_the_other(waiting: Edition) -> None:
    became = _at_once(
        lambda: operations.approve(_again(waiting), checksum=waiting.checksum, by="user:2", at=AT),
        lambda: operations.send_back(_again(waiting), why="feil", by="user:3", at=AT),
    )
    assert became == ["WrongState", "done"]
    edition = _again(waiting)
    assert (edition.state, bool(edition.frozen)) in [("published", True), ("draft", False)]
    assert Step.objects.filter(what__in=("published", "returned")).count() == 1


@needs_real_rows
def test_of_two_that_begin_the_same_one_is_refused(waiting: Edition) -> None:
    days = {"starts": date(2018, 1, 1), "ends": date(2018, 12, 31)}
    publication = waiting.publication
    acts = [lambda: operations.begin_edition(publication, **days, by="user:1", at=AT)] * 3
    assert _at_once(*acts) == ["PeriodTaken", "PeriodTaken", "done"]
    title = Words("To", "To", "Two")
    programme = publication.programme
    acts = [lambda: operations.begin(programme, "to", sort="report", title=title, **YEAR, by="user:1", at=AT)] * 3
    assert _at_once(*acts) == ["Invalid", "Invalid", "done"]
    assert sorted(Publication.objects.values_list("slug", flat=True)) == ["her", "to"]


@needs_real_rows
def test_of_two_that_move_an_edition_to_one_period_one_is_refused(waiting: Edition) -> None:
    operations.send_back(waiting, why="feil", by="user:2", at=AT)
    other = operations.begin_edition(
        waiting.publication, starts=date(2018, 1, 1), ends=date(2018, 12, 31), by="user:1", at=AT
    )
    said: dict[str, Any] = {
        "starts": date(2019, 1, 1),
        "ends": date(2019, 12, 31),
        "title": Words("a", "a", "a"),
        "protection": "rounded",
        "by": "user:1",
        "at": AT,
    }
    became = _at_once(
        lambda: composing.reframe(_again(waiting), **said), lambda: composing.reframe(_again(other), **said)
    )
    assert became == ["PeriodTaken", "done"]
