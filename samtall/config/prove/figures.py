"""What is published is the same for ever: after corrections, erasures, mergers, new definitions and a restored copy."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from itertools import cycle
from random import Random
from typing import Any
from unittest.mock import patch

from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.base import clock
from samtall.base.periods import Period, between, semester, year
from samtall.base.text import Words
from samtall.config.backup import back_up
from samtall.config.prove import publishing, somebody
from samtall.config.prove.copies import moved, restored
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.figures import operations as figures
from samtall.figures.definitions import Unit
from samtall.figures.models import Figure as FigureModel
from samtall.figures.models import FigureVersion
from samtall.figures.queries import definition_of, latest_versions, name_of
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Outcome
from samtall.programmes.models import Programme
from samtall.publications import reading
from samtall.publications.models import Edition
from samtall.publications.reading import Read

EMAIL = "person{}@student.example.org"
PERIODS = (year(2016), year(2017), semester(2017, autumn=False), between(date(2014, 1, 1), date(2018, 12, 31)))


def run(trial: Trial) -> Iterator[Figure]:
    chance = Random(1)
    region = somebody.make_region(at=clock.now())
    programme = publishing.make_programme(at=clock.now())
    people = trial.times(500, 3)
    theses = [somebody.live(region, f"Person {n}", EMAIL.format(n), files=False, at=clock.now()) for n in range(people)]
    editions = list(_published(programme, region, theses, trial))
    tried = publishing.figures_in(editions)

    for _number in range(trial.times(2_500, 10)):  # each takes back what stood, and later says it again
        _correct(chance.choice(theses), region)
    yield _figure(editions, tried, Words("etter rettelser", "etter rettingar", "after corrections"))

    for number in range(people):
        somebody.erase(EMAIL.format(number), at=clock.now())
    yield _figure(editions, tried, Words("etter slettinger", "etter slettingar", "after erasures"))

    _merge(region)
    _define_anew()
    yield _figure(
        editions,
        tried,
        Words(
            "etter fusjon og nye definisjoner", "etter fusjon og nye definisjonar", "after a merger and new definitions"
        ),
    )

    copy = trial.folder.with_name(f"{trial.folder.name}.copy")
    back_up(copy)
    with restored(trial, copy):
        yield _figure(
            editions, tried, Words("i en kopi som er lagt tilbake", "i ein kopi som er lagd tilbake", "in a copy")
        )
        with moved(trial):
            yield _figure(
                editions,
                tried,
                Words("i en annen database", "i ein annan database", "in another database"),
            )
            with moved(trial, back=True):
                yield _figure(editions, tried, Words("flyttet tilbake", "flytta tilbake", "moved back"))


def _published(
    programme: Programme, region: somebody.Region, theses: list[Activity], trial: Trial
) -> Iterator[Edition]:
    """Editions at different positions of the books, of different periods, protected in both ways."""
    protections = cycle(Edition.Protection.values)
    for number in range(trial.times(14, 2)):
        protection = next(protections)
        for period in PERIODS[: trial.times(len(PERIODS), 2)]:
            yield publishing.publish(
                programme,
                f"rapport-{number}",
                period,
                protection=protection,
                versions=_told_once(number, protection, period),
                at=clock.now(),
            )
        _correct(theses[number % len(theses)], region)


def _told_once(number: int, protection: str, period: Period) -> list[FigureVersion]:
    """All figures, but of counts of people every second one rounded only, and the others hidden and once of any day."""
    every = latest_versions(with_people=True)
    people = [one for one in every if definition_of(one).unit is Unit.PEOPLE]
    rounded, hidden = people[::2], people[1::2] if number == 1 and period in PERIODS[:2] else []
    shown = rounded if protection == Edition.Protection.ROUNDED else hidden
    return [one for one in every if one not in people or one in shown]


def _correct(thesis: Activity, region: somebody.Region) -> None:
    """Move a thesis to another year, which takes back what was said of it, and have it approved again."""
    thesis.refresh_from_db()
    another = 2016 if thesis.starts.year == 2017 else 2017
    activities.revise(
        thesis,
        starts=date(another, 1, 10),
        ends=date(another, 6, 20),
        reason="Ført på feil år",
        by=region.coordinator,
        at=clock.now(),
    )
    if thesis.step == Activity.Step.SUBMITTED:
        activities.validate(thesis, by=region.validator, at=clock.now())


def _merge(region: somebody.Region) -> None:
    """The company has long been part of another: whoever counts by today's identities sees it in the past, too."""
    activities.record_succession(
        region.company, region.stranger, on=date(2015, 1, 1), cause="merger", by=region.coordinator, at=clock.now()
    )


def _define_anew() -> None:
    """Every figure gets a version that counts those who dropped out."""
    for version in latest_versions(with_people=True):
        anew = replace(definition_of(version), outcomes=(Outcome.DROPPED_OUT,))
        figures.define(version.figure.slug, name=name_of(version), definition=anew, by="user:1", at=clock.now())


def _figure(editions: list[Edition], tried: int, when: Words) -> Figure:
    found = publishing.faults(editions)
    return Figure(
        Words(
            f"publiserte tall som ikke er de samme {when.nb}",
            f"publiserte tal som ikkje er dei same {when.nn}",
            f"published figures that are not the same {when.en}",
        ),
        len(found),
        Words(
            f"{tried} tall i {len(editions)} utgaver",
            f"{tried} tal i {len(editions)} utgåver",
            f"{tried} figures in {len(editions)} editions",
        ),
        examples=found[:5],
    )


def _as_the_books_stand_now() -> AbstractContextManager[object]:
    real = reading.read

    def read(figure: Mapping[str, Any], *, position: int, on: date) -> Read:  # noqa: ARG001
        return real(figure, position=ledger.position(), on=on)

    return patch.object(reading, "read", read)


def _by_the_latest_definition() -> AbstractContextManager[object]:
    real = reading.read

    def read(figure: Mapping[str, Any], *, position: int, on: date) -> Read:
        latest = FigureModel.objects.get(slug=figure["slug"]).versions.latest("number")
        return real({**figure, "definition": latest.definition}, position=position, on=on)

    return patch.object(reading, "read", read)


PROOF = Proof(
    name="figures",
    promise=Words(
        "Det som er publisert, er det samme for alltid.",
        "Det som er publisert, er det same for alltid.",
        "What is published is the same for ever.",
    ),
    run=run,
    weaknesses=(
        Weakness(
            "position",
            Words("posisjonen i bøkene", "posisjonen i bøkene", "the position in the books"),
            _as_the_books_stand_now,
        ),
        Weakness(
            "definition",
            Words("den frosne definisjonen", "den frosne definisjonen", "the frozen definition"),
            _by_the_latest_definition,
        ),
    ),
)
