"""Editions: composed, frozen, approved by another, and the same for ever (R19)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.refusals import ReasonMissing
from samtall.base.text import Words
from samtall.config.command_line import main
from samtall.figures import operations as figures
from samtall.figures.definitions import Definition, Unit
from samtall.figures.models import Figure
from samtall.ledger import guards
from samtall.mail.models import Letter
from samtall.programmes.models import Programme
from samtall.publications import freezing, operations, verifying
from samtall.publications.corrections import corrections, steps
from samtall.publications.freezing import checksum
from samtall.publications.models import Block, Edition
from samtall.publications.published import Answer, Goal, Published, Target
from samtall.publications.refusals import ChangedMeanwhile, NotIndependent, NotOpen, PeriodTaken, WrongState
from samtall.witnesses import operations as witnesses
from tests.golden import Golden

AT = datetime(2018, 2, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
YEAR = {"starts": date(2017, 1, 1), "ends": date(2017, 12, 31)}


def begun(programme: Programme, by: User, *shown: tuple[str, Definition]) -> Edition:
    """An edition of 2017 with these figures and nothing else."""
    edition = operations.begin(
        programme, "aaret", sort="report", title=Words("Året", "Året", "The year"), **YEAR, by=by.signature, at=AT
    )
    edition.blocks.all().delete()
    for place, (slug, definition) in enumerate(shown, start=1):
        words = Words(slug, slug, slug)
        version = figures.make(slug, name=words, definition=definition, public=slug != "folk", by="test", at=AT)
        said = {"figure": slug, "version": version.number, "groupings": ["kind"], "text": {}}
        Block.objects.create(edition=edition, ordering=place, sort="figure", said=said)
    return edition


def published(edition: Edition, by: User, approver: User) -> Edition:
    operations.propose(edition, by=by.signature, at=AT)
    return operations.approve(edition, by=approver.signature, at=AT)


ORGANISATIONS = ("alle", Definition(unit=Unit.ORGANISATIONS, sides=("outside",)))
PEOPLE = ("folk", Definition(unit=Unit.PEOPLE, kinds=("course",)))


def told(exact: str, activities: str) -> Answer:
    """An answer with nothing beside it."""
    sure = {"exact": exact, "pending": "0", "unidentified": "0", "lowest": exact, "highest": exact}
    return Answer(sure | {"activities": activities})


def answers(edition: Edition, number: int = 0) -> dict[str, Any]:
    figure = list(Published.of(edition.frozen).figures.values())[number]
    return dict(figure.kept["answers"])


def test_the_golden_example_is_frozen_with_its_parts_and_their_overlap(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    figure = next(iter(Published.of(edition.frozen).figures.values()))
    assert figure.whole.exact == 4  # A, B, C and D, as they were then
    assert [(period.label, answer.exact) for period, answer in figure.series] == [("2017", Decimal(4))]
    (division,) = figure.divisions
    assert {part.code: part.answer.exact for part in division.parts} == {
        "course": Decimal(2),
        "guest_lecture": Decimal(1),
        "innovation_project": Decimal(1),
        "thesis": Decimal(1),
    }
    assert division.overlap == 1  # B
    assert edition.state == Edition.State.PUBLISHED


def test_what_happens_later_changes_nothing_published_and_stands_in_the_corrections(
    programme: Programme, golden: Golden, programme_manager: User, validator: User, coordinator: User
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    before = edition.frozen
    assert corrections(edition, on=AT.date()) == []

    activities.withdraw(golden.activities[5], by=coordinator, at=LATER, reason="never took place")

    edition.refresh_from_db()
    assert edition.frozen == before
    assert list(verifying.faults_of(edition)) == []
    (correction,) = corrections(edition, on=LATER.date())
    assert (correction.whole.before, correction.whole.now) == (Answer(answers(edition)["whole"]), told("3", "4"))
    assert [(one.grouping, one.code, one.now) for one in correction.changed] == [
        ("", "2017", Answer({name: text for name, text in told("3", "4").said.items() if name != "activities"})),
        ("kind", "guest_lecture", None),
    ]
    (step,) = steps(correction, correction.postings, on=LATER.date())
    assert (step.effect, step.at, step.by) == (-1, LATER, coordinator.signature)


@pytest.mark.parametrize("protection", ["rounded", "hidden"])
def test_a_few_people_are_not_told_of(
    programme: Programme, programme_manager: User, validator: User, protection: str
) -> None:
    edition = begun(programme, programme_manager, PEOPLE)
    Edition.objects.filter(pk=edition.pk).update(protection=protection)
    edition.refresh_from_db()
    told = answers(published(edition, programme_manager, validator))["whole"]  # two people attended
    assert told == {"withheld": True} if protection == "hidden" else told["exact"] == "0"
    assert list(verifying.faults_of(edition)) == []


def test_a_figure_that_is_not_open_to_everybody_is_not_published(programme: Programme, programme_manager: User) -> None:
    edition = begun(programme, programme_manager, ORGANISATIONS)
    Figure.objects.filter(slug="alle").update(public=False)
    with pytest.raises(NotOpen):
        operations.propose(edition, by=programme_manager.signature, at=AT)
    edition.blocks.all().delete()
    Figure.objects.filter(slug="networks").update(public=False)
    Block.objects.create(edition=edition, ordering=1, sort="targets", said={})
    operations.propose(edition, by=programme_manager.signature, at=AT)
    (target,) = (one for one in targets_in(edition) if one.slug == "nettverk")
    assert (target.figure, target.actual, target.status) == (None, None, "cannot_tell")


def targets_in(edition: Edition) -> list[Target]:
    def below(goals: Sequence[Goal]) -> Iterator[Target]:
        for goal in goals:
            yield from (*goal.targets, *below(goal.below))

    return list(below(Published.of(edition.frozen).blocks[0].goals))


def test_what_is_changed_while_it_is_counted_is_not_put_forward(
    programme: Programme, programme_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = begun(programme, programme_manager, ORGANISATIONS)
    count = freezing.frozen

    def counted_while_somebody_writes(*said: Any, **how: Any) -> Any:
        document = count(*said, **how)
        Block.objects.create(edition=edition, ordering=9, sort="text", said={"text": {"nb": "Nytt"}})
        return document

    monkeypatch.setattr(freezing, "frozen", counted_while_somebody_writes)
    with pytest.raises(ChangedMeanwhile):
        operations.propose(edition, by=programme_manager.signature, at=AT)
    edition.refresh_from_db()
    assert (edition.state, edition.frozen) == (Edition.State.DRAFT, "")


def test_who_put_an_edition_forward_does_not_approve_it(programme: Programme, programme_manager: User) -> None:
    edition = operations.propose(
        begun(programme, programme_manager, ORGANISATIONS), by=programme_manager.signature, at=AT
    )
    with pytest.raises(NotIndependent):
        operations.approve(edition, by=programme_manager.signature, at=AT)
    edition.refresh_from_db()
    assert edition.state == Edition.State.PROPOSED


def test_what_is_sent_back_is_thawed_and_told_why(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = operations.propose(
        begun(programme, programme_manager, ORGANISATIONS), by=programme_manager.signature, at=AT
    )
    with pytest.raises(ReasonMissing):
        operations.send_back(edition, why=" ", by=validator.signature, at=AT)
    operations.send_back(edition, why="Wrong year", by=validator.signature, at=AT)
    edition.refresh_from_db()
    assert (edition.state, edition.frozen) == (Edition.State.DRAFT, "")
    assert [step.why for step in edition.steps.filter(what="returned")] == ["Wrong year"]


def test_a_period_has_one_edition(programme: Programme, programme_manager: User, validator: User) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    with pytest.raises(PeriodTaken):
        operations.begin_edition(edition.publication, **YEAR, by=programme_manager.signature, at=LATER)
    operations.withdraw(edition, why="Counted the wrong thing", by=programme_manager.signature, at=LATER)
    following = operations.begin_edition(edition.publication, **YEAR, by=programme_manager.signature, at=LATER)
    assert (following.number, following.blocks.count()) == (2, 1)


def test_a_published_edition_is_not_published_again(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    with pytest.raises(WrongState):
        operations.approve(edition, by=validator.signature, at=LATER)


@pytest.mark.usefixtures("unguarded")
def test_a_text_or_a_number_that_was_changed_is_found(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    forged = edition.frozen.replace('"exact":"4"', '"exact":"5"')
    Edition.objects.filter(pk=edition.pk).update(frozen=forged)
    with translation.override("en"):
        assert verifying.verify().faults == ["aaret/1: The text was changed: its checksum does not fit."]
        Edition.objects.filter(pk=edition.pk).update(checksum=checksum(forged))
        key = next(iter(Published.of(edition.frozen).figures))
        assert verifying.verify().faults == [
            "aaret/1: The checkpoint is of another text or another position.",
            f"aaret/1: {key} is not what was published when it is counted again.",
        ]


def test_those_whom_the_partners_name_get_the_checkpoint(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    witnesses.add("Revisor", "revisor@example.no", language="nb", by="user:1", at=AT)
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    (letter,) = Letter.objects.filter(to="revisor@example.no")
    assert ("Publisert: Året" in letter.subject, edition.checkpoint.strip() in letter.text) == (True, True)


def test_verify_counts_what_is_published_again(
    programme: Programme, programme_manager: User, validator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = published(begun(programme, programme_manager, ORGANISATIONS), programme_manager, validator)
    assert main(["--language", "en", "verify"]) == 0
    assert "1 editions with 1 figures were counted again: each is what was published." in capsys.readouterr().out
    guards.uninstall()
    Edition.objects.filter(pk=edition.pk).update(checkpoint=edition.checkpoint.replace("aaret", "aret"))
    guards.install()
    assert main(["--language", "en", "verify"]) == 1
    assert "aaret/1: The signature does not fit" in capsys.readouterr().out


def test_the_page_of_a_programme_begins_with_all_that_its_region_says(
    programme: Programme, programme_manager: User, validator: User
) -> None:
    edition = operations.begin(
        programme,
        "midt-telemark",
        sort="page",
        title=Words("Midt-Telemark", "Midt-Telemark", "Midt-Telemark"),
        starts=programme.starts,
        ends=programme.ends,
        by=programme_manager.signature,
        at=AT,
    )
    shown = Published.of(published(edition, programme_manager, validator).frozen)
    targets = next(block for block in shown.blocks if block.sort == "targets")
    assert [len(goal.below) for goal in targets.goals] == [3, 2]
    assert {block.part for block in shown.blocks if block.sort == "part"} >= {"lead", "advice", "continues", "facts"}
    assert {figure.slug for figure in shown.figures.values()} >= {"networks", "businesses-on-courses"}
    assert list(verifying.faults_of(edition)) == []
