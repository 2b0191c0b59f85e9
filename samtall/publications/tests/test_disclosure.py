"""Attacks on what is published: nobody finds out a number of 1–4 people by holding what is told against more (R20)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.figures.models import FigureVersion
from samtall.ledger.facts import Fact, Side, Standing
from samtall.ledger.operations import restate
from samtall.places.models import Region
from samtall.programmes.models import Programme, Target
from samtall.publications import composing, operations
from samtall.publications.corrections import corrections
from samtall.publications.models import Block, Edition, Publication
from samtall.publications.published import Answer, Figure, Published
from samtall.publications.reading import WITHHELD
from samtall.publications.refusals import ToldElsewhere
from samtall.publications.verifying import faults_of

pytestmark = pytest.mark.django_db

AT = datetime(2019, 2, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2019, 3, 1, 9, 0, tzinfo=UTC)
COURSES: dict[str, Any] = {"families": ("course",), "roles": ("participant",)}
PEOPLE = Definition(unit=Unit.PEOPLE, **COURSES)
HOURS = Definition(unit=Unit.HOURS, **COURSES)
ALL = (date(2016, 1, 1), date(2018, 12, 31))
LAST = (date(2018, 1, 1), date(2018, 12, 31))


@pytest.fixture
def programme() -> Programme:
    region = Region.objects.create(slug="her", name_nb="Her", name_nn="Her", name_en="Here")
    words = Words("Her", "Her", "Here").as_dict()
    return Programme.objects.create(slug="her", region=region, name=words, starts=ALL[0], ends=ALL[1])


def attended(course: int, year: int, people: range, *, standing: Standing = Standing.VALIDATED, hours: int = 7) -> None:
    """A course that these people attended, each so many hours."""
    facts = [
        Fact(
            kind="course",
            family="course",
            role="participant",
            side=Side.OUTSIDE,
            starts=date(year, 3, 1),
            ends=date(year, 3, 2),
            standing=standing,
            person=person,
            identified=True,
            municipality="0821",
            quantity=hours * 1000,
            unit="hour",
        )
        for person in people
    ]
    restate(f"activity:{course}", facts, by="user:1", at=AT)


def made(slug: str, definition: Definition, *, public: bool = False) -> None:
    figures.make(slug, name=Words(slug, slug, slug), definition=definition, public=public, by="test", at=AT)


def draft(
    programme: Programme,
    *shown: str,
    days: tuple[date, date] = ALL,
    protection: str = "hidden",
    name: str = "",
    at: datetime = AT,
) -> Edition:
    """The next edition of a publication, with these figures by municipality, and the targets."""
    said: dict[str, Any] = {"starts": days[0], "ends": days[1], "by": "user:1", "at": at}
    name = name or f"p-{Publication.objects.count()}"
    standing = Publication.objects.filter(slug=name).first()
    edition = (
        operations.begin_edition(standing, **said)
        if standing
        else operations.begin(programme, name, sort="report", title=Words(name, name, name), **said)
    )
    edition.blocks.all().delete()
    Edition.objects.filter(pk=edition.pk).update(protection=protection)
    Block.objects.create(edition=edition, ordering=1, sort="targets")
    for place, slug in enumerate(shown, start=2):
        said = {"figure": slug, "version": 1, "groupings": ["municipality"], "text": {}}
        Block.objects.create(edition=edition, ordering=place, sort="figure", said=said)
    return edition


def publish(programme: Programme, *shown: str, **how: Any) -> Edition:
    edition = operations.propose(draft(programme, *shown, **how), by="user:1", at=how.get("at", AT))
    return operations.approve(edition, by="user:2", at=how.get("at", AT))


def refused(programme: Programme, *shown: str, **how: Any) -> bool:
    try:
        operations.propose(draft(programme, *shown, **how), by="user:1", at=AT)
    except ToldElsewhere:
        return True
    return False


def only(edition: Edition) -> Figure:
    (figure,) = Published.of(edition.frozen).figures.values()
    return figure


def numbers(figure: Figure) -> dict[str, Any]:
    """What is told of the whole and of each period."""
    return {"whole": figure.whole.exact} | {period.label: answer.exact for period, answer in figure.series}


def aim(programme: Programme, slug: str) -> None:
    """A target for all years, measured by this figure."""
    Target.objects.create(
        programme=programme,
        slug="maal",
        ordering=1,
        text=Words("Folk", "Folk", "People").as_dict(),
        figure=FigureVersion.objects.get(figure__slug=slug),
        way=Target.Way.WHOLE,
        baseline=0,
        value=50_000,
        since=ALL[0],
        deadline=ALL[1],
    )


def test_a_target_tells_no_more_than_the_figure_that_measures_it(programme: Programme) -> None:
    attended(1, 2017, range(1, 4))
    made("folk", PEOPLE)
    aim(programme, "folk")
    edition = publish(programme, "folk")
    (target,) = (one for block in Published.of(edition.frozen).blocks for one in block.targets())
    assert (only(edition).whole.withheld, target.actual, target.status) == (True, None, "cannot_tell")
    assert all("3" not in text and "5 " not in text for text in target.explanation.words.values())


def test_a_target_tells_the_exact_number_where_its_figure_does(programme: Programme) -> None:
    attended(1, 2017, range(1, 8))
    made("folk", PEOPLE)
    aim(programme, "folk")
    (target,) = (one for block in Published.of(publish(programme).frozen).blocks for one in block.targets())
    assert target.actual == 7


def test_the_hours_of_a_few_in_one_year_do_not_follow_from_those_of_all_years(programme: Programme) -> None:
    attended(1, 2016, range(1, 9))
    attended(2, 2017, range(1, 3), hours=11)
    attended(3, 2018, range(1, 13))
    made("timer", HOURS)
    told = numbers(only(publish(programme, "timer", protection="rounded")))
    assert told == {"whole": 162, "2016": None, "2017": None, "2018": 84}


def test_hours_that_await_approval_are_not_told_and_make_nobody_many(programme: Programme) -> None:
    attended(1, 2016, range(1, 4))
    attended(2, 2016, range(4, 8), standing=Standing.SUBMITTED)
    made("timer", HOURS)
    assert only(publish(programme, "timer", protection="rounded")).whole.said == WITHHELD
    attended(3, 2016, range(8, 12))
    sure = {"exact": "49", "pending": "0", "unidentified": "0", "lowest": "49", "highest": "49"}
    assert only(publish(programme, "timer", protection="rounded")).whole == Answer(sure)


def test_rounded_years_do_not_follow_from_the_rounded_whole(programme: Programme) -> None:
    """Four years of at most two people each, and of all at least eight: each would be two."""
    for year in (2015, 2016, 2017, 2018):
        attended(year, year, range(year * 2, year * 2 + 2))
    made("folk", PEOPLE)
    edition = publish(programme, "folk", protection="rounded", days=(date(2015, 1, 1), date(2018, 12, 31)))
    assert numbers(only(edition)) == {"whole": None, "2015": 0, "2016": 0, "2017": 0, "2018": 0}


def test_how_many_activities_a_rounded_count_comes_of_is_not_told(programme: Programme) -> None:
    for course in range(3):
        attended(course, 2018, range(course, course + 1))
    made("folk", PEOPLE)
    whole = only(publish(programme, "folk", protection="rounded")).whole
    assert whole.exact == 5
    assert whole.activities is None


@pytest.mark.parametrize(
    ("protection", "days"), [("rounded", ALL), ("rounded", LAST), ("hidden", ALL), ("hidden", LAST)]
)
def test_exact_counts_are_not_told_twice_of_the_same_days(
    programme: Programme, protection: str, days: tuple[date, date]
) -> None:
    attended(1, 2018, range(1, 8))
    made("folk", PEOPLE)
    made("folket", PEOPLE)
    publish(programme, "folk")
    assert refused(programme, "folk", protection=protection, days=days)
    assert refused(programme, "folket", protection=protection, days=days)  # the same under another name


def test_exact_counts_of_other_days_and_rounded_ones_of_any_are_told(programme: Programme) -> None:
    attended(1, 2018, range(1, 8))
    made("folk", PEOPLE)
    assert not refused(programme, "folk", days=(date(2016, 1, 1), date(2016, 12, 31)))
    assert not refused(programme, "folk", days=LAST)
    made("andre", Definition(unit=Unit.PEOPLE, families=("student",)))
    assert not refused(programme, "andre", protection="rounded")
    assert not refused(programme, "andre", protection="rounded", days=LAST)


def test_a_target_of_other_days_is_not_told_beside_an_exact_count(programme: Programme) -> None:
    attended(1, 2018, range(1, 8))
    made("folk", PEOPLE)
    aim(programme, "folk")
    assert refused(programme, "folk", days=LAST)
    assert not refused(programme, "folk", days=LAST, protection="rounded")


def test_what_everybody_reads_rounded_on_its_own_page_is_not_told_exactly(programme: Programme) -> None:
    attended(1, 2018, range(1, 8))
    made("aapent", PEOPLE, public=True)
    assert refused(programme, "aapent")
    assert not refused(programme, "aapent", protection="rounded")


def test_two_that_were_put_forward_at_the_same_time_are_not_both_approved(programme: Programme) -> None:
    made("folk", PEOPLE)
    first = operations.propose(draft(programme, "folk"), by="user:1", at=AT)
    second = draft(programme, "folk", protection="rounded")
    frozen = first.frozen.replace('"hidden"', '"rounded"')  # as if neither had seen the other
    Edition.objects.filter(pk=second.pk).update(
        state="proposed", frozen=frozen, checksum="x", position=first.position, on=first.on
    )
    with pytest.raises(ToldElsewhere):
        operations.approve(first, by="user:2", at=AT)


def test_an_edition_in_the_place_of_one_that_was_withdrawn_shows_nobody_who_came_between(
    programme: Programme,
) -> None:
    attended(1, 2017, range(1, 21))
    attended(2, 2018, range(1, 11))
    made("folk", PEOPLE)
    first = publish(programme, "folk", name="folk")
    attended(2, 2018, range(1, 12))  # one more in 2018, who was there before
    operations.withdraw(first, why="feil", by="user:2", at=LATER)
    second = publish(programme, "folk", name="folk", at=LATER)
    assert (numbers(only(first))["2018"], numbers(only(second))["2018"]) == (10, None)
    assert list(faults_of(second)) == []


def test_parts_too_are_held_against_those_of_an_edition_that_was_withdrawn(programme: Programme) -> None:
    attended(1, 2017, range(1, 21))
    made("folk", PEOPLE)
    first = publish(programme, "folk", name="folk")
    attended(1, 2017, range(1, 22))
    operations.withdraw(first, why="feil", by="user:2", at=LATER)
    (part,) = only(publish(programme, "folk", name="folk", at=LATER)).divisions[0].parts
    assert part.answer.said == WITHHELD


def test_the_corrections_do_not_tell_how_many_people_an_exact_count_is_now(programme: Programme) -> None:
    attended(1, 2017, range(1, 21))
    made("folk", PEOPLE)
    edition = publish(programme, "folk")
    assert corrections(edition, on=LATER.date()) == []
    attended(1, 2017, range(1, 28))
    (correction,) = corrections(edition, on=LATER.date())
    assert (correction.whole.now, correction.changed) == (Answer(WITHHELD), ())


def test_an_edition_is_counted_again_beside_those_that_it_was_frozen_beside(programme: Programme) -> None:
    """One that came out later, with an earlier number, or was sent back meanwhile, has no say in it."""
    attended(1, 2017, range(1, 21))
    made("folk", PEOPLE)
    waiting = draft(programme, name="folk", days=LAST)
    edition = publish(programme, "folk", name="folk")
    operations.withdraw(edition, why="feil", by="user:2", at=LATER)
    attended(1, 2017, range(1, 22))
    composing.reframe(
        waiting, starts=ALL[0], ends=ALL[1], title=Words("a", "a", "a"), protection="hidden", by="user:1", at=LATER
    )
    said = {"figure": "folk", "version": 1, "groupings": [], "text": {}}
    Block.objects.create(edition=waiting, ordering=2, sort="figure", said=said)
    operations.approve(operations.propose(waiting, by="user:1", at=LATER), by="user:2", at=LATER)
    assert only(waiting).whole.withheld
    assert (list(faults_of(edition)), list(faults_of(waiting))) == ([], [])
