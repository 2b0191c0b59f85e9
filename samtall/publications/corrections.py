"""What a published figure would be now, and which entries of the books made the difference, when and why (R19)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samtall.figures import explaining
from samtall.figures.definitions import Definition
from samtall.figures.explaining import Moment, Step
from samtall.ledger import queries as ledger
from samtall.publications import reading
from samtall.publications.models import Edition
from samtall.publications.published import Answer, Figure
from samtall.publications.verifying import again


@dataclass(frozen=True)
class Correction:
    """A figure that would be told differently now. `number` and `merged` are what `explaining` says of it.

    For figures on people there are no `postings`: which entry made the difference would show whom it is about (R20).
    """

    figure: Figure
    before: Answer
    now: Answer
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
        whole = again(edition, now, kept)["whole"]
        if whole != kept["answers"]["whole"]:
            found.append(_correction(Figure(kept), whole, document, now))
    return found


def _correction(figure: Figure, now: dict[str, Any], document: dict[str, Any], today: dict[str, Any]) -> Correction:
    if figure.about_people:
        return Correction(figure, figure.whole, Answer(now), 0, ())
    earlier, later = (Moment(one["position"], date.fromisoformat(one["on"])) for one in (document, today))
    difference = explaining.difference(Definition.from_dict(figure.definition), figure.period, earlier, later)
    return Correction(figure, figure.whole, Answer(now), difference.merged, difference.postings)


def steps(correction: Correction, postings: Sequence[int], *, on: date) -> list[Step]:
    """What each of some of the postings did to the figure."""
    definition = Definition.from_dict(correction.figure.definition)
    return explaining.steps(definition, reading.period_of(correction.figure.kept), postings, Moment(0, on))
