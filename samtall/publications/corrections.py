"""What a published figure would be now, and which entries of the books made the difference, when and why (R19)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samtall.figures import explaining
from samtall.figures.definitions import Definition
from samtall.figures.explaining import Moment, Step
from samtall.ledger import queries as ledger
from samtall.publications.models import Edition
from samtall.publications.published import Answer, Figure
from samtall.publications.reading import WITHHELD, tells_exactly_of_people
from samtall.publications.verifying import again


@dataclass(frozen=True)
class Changed:
    """One number that is told differently now: of the whole, of a period, or of a part."""

    grouping: str
    code: str
    before: Answer | None
    now: Answer | None


@dataclass(frozen=True)
class Correction:
    """A figure with what is told differently now: `whole`, and the numbers of periods and parts.

    `postings` are the positions of what may have changed it, and `merged` is what only the passing of days did (R4).
    For figures on people there are none: which entry made the difference would show whom it is about (R20). Nor is it
    told what an exact count of people is now: who looked each day would see single people come and go.
    """

    figure: Figure
    whole: Changed
    changed: Sequence[Changed]
    merged: explaining.Number
    postings: Sequence[int]


def corrections(edition: Edition, *, on: date) -> list[Correction]:
    """Every figure of a published edition that is told differently as the books stand now."""
    document = json.loads(edition.frozen)
    now = document | {"position": ledger.position(), "on": str(on)}
    if now["position"] == document["position"] and now["on"] == document["on"]:
        return []
    found = []
    for kept in document["figures"]:
        answers = again(edition, now, kept)
        if answers != kept["answers"]:
            found.append(_correction(Figure(kept), answers, document, now))
    return found


def _correction(figure: Figure, answers: Mapping[str, Any], document: Mapping[str, Any], now: Any) -> Correction:
    if tells_exactly_of_people(figure.kept, document["protection"]):
        return Correction(figure, Changed("", "", figure.whole, Answer(WITHHELD)), (), 0, ())
    whole = Changed("", "", figure.whole, Answer(answers["whole"]))
    changed = list(_changed(figure, answers))
    if figure.about_people:
        return Correction(figure, whole, changed, 0, ())
    earlier, later = (Moment(one["position"], date.fromisoformat(one["on"])) for one in (document, now))
    difference = explaining.difference(Definition.from_dict(figure.definition), figure.period, earlier, later)
    return Correction(figure, whole, changed, difference.merged, difference.postings)


def _changed(figure: Figure, answers: Mapping[str, Any]) -> Iterator[Changed]:
    before = figure.kept["answers"]
    for (period, was), one in zip(figure.series, answers["series"], strict=True):
        if was.said != one:
            yield Changed("", period.label, was, Answer(one))
    for by in figure.kept["groupings"]:
        old, new = before["parts"][by]["parts"], answers["parts"][by]["parts"]
        for code in dict.fromkeys([*old, *new]):
            if old.get(code) != new.get(code):
                yield Changed(by, code, _answer(old.get(code)), _answer(new.get(code)))


def _answer(said: Mapping[str, Any] | None) -> Answer | None:
    return None if said is None else Answer(said)


def steps(correction: Correction, postings: Sequence[int], *, on: date) -> list[Step]:
    """What each of some of the postings did to the figure."""
    definition = Definition.from_dict(correction.figure.definition)
    return explaining.steps(definition, correction.figure.period, postings, Moment(0, on))
