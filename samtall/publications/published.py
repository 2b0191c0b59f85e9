"""A frozen document as those who show it read it: pages, PDF, spreadsheets and open data all start here.

Nothing here asks the books: what is shown is what was frozen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from samtall.base.periods import Period
from samtall.base.text import LANGUAGES
from samtall.publications import reading
from samtall.ui.writing import number


@dataclass(frozen=True)
class Said:
    """A text in up to three languages; where the reader's is missing, another that is there."""

    words: Mapping[str, str]

    def __str__(self) -> str:
        return self.in_language(get_language() or "nb")

    def __bool__(self) -> bool:
        return any(self.words.values())

    def in_language(self, language: str) -> str:
        return next((self.words[one] for one in (language[:2], *LANGUAGES) if self.words.get(one)), "")

    def language(self, wanted: str) -> str:
        """The language that one gets: screen readers must be told when it is not the one of the page."""
        return next((one for one in (wanted[:2], *LANGUAGES) if self.words.get(one)), wanted[:2])


@dataclass(frozen=True)
class Answer:
    """What was told of a figure for one period or part. Withheld: so few people are behind it that it is not told.

    `exact` and its bounds are decimal numbers in the figure's unit; `activities` are those behind a count of parties.
    """

    said: Mapping[str, Any]

    @property
    def withheld(self) -> bool:
        return "withheld" in self.said

    @property
    def exact(self) -> Decimal | None:
        return None if self.withheld else Decimal(self.said["exact"])

    @property
    def pending(self) -> Decimal:
        return Decimal(self.said.get("pending", "0"))

    @property
    def unidentified(self) -> Decimal:
        return Decimal(self.said.get("unidentified", "0"))

    @property
    def lowest(self) -> Decimal | None:
        return None if self.withheld else Decimal(self.said["lowest"])

    @property
    def highest(self) -> Decimal | None:
        return None if self.withheld else Decimal(self.said["highest"])

    @property
    def activities(self) -> int | None:
        return int(self.said["activities"]) if "activities" in self.said else None

    @property
    def between(self) -> str:
        """ "20–23", or nothing when the figure is certain (R17)."""
        if self.lowest is None or self.highest is None or self.lowest == self.highest:
            return ""
        return f"{number(self.lowest)}–{number(self.highest)}"


@dataclass(frozen=True)
class Part:
    """One part of a division, and its share of the whole in per cent with one decimal, where it can be told."""

    code: str
    label: Said
    answer: Answer
    share: Decimal | None


@dataclass(frozen=True)
class Division:
    """A figure in parts. `overlap` is how much they exceed the whole (R3); None where that says nothing."""

    by: str
    parts: Sequence[Part]
    overlap: Decimal | None


@dataclass(frozen=True)
class Figure:
    """A figure of an edition: definition, sentences, and all its answers as of the edition's position."""

    kept: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.kept["key"])

    @property
    def slug(self) -> str:
        return str(self.kept["slug"])

    @property
    def version(self) -> int:
        return int(self.kept["version"])

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.kept["made_at"])

    @property
    def anchor(self) -> str:
        """What the figure is called within a page: `student-collaborations-1-2014-2018`."""
        period = reading.period_of(self.kept)
        return f"{self.slug}-{self.version}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"

    @property
    def name(self) -> Said:
        return Said(self.kept["name"])

    @property
    def unit(self) -> Said:
        return Said(self.kept["unit"])

    @property
    def sentences(self) -> list[Said]:
        return [Said(one) for one in self.kept["sentences"]]

    @property
    def about_people(self) -> bool:
        return bool(self.kept["people"])

    @property
    def definition(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.kept["definition"]
        return found

    @property
    def period(self) -> Period:
        return reading.period_of(self.kept)

    @property
    def first(self) -> str:
        """The label of the period in which it first counted anything, which is likely too low (R22)."""
        return str(self.kept["first"])

    @property
    def whole(self) -> Answer:
        return Answer(self.kept["answers"]["whole"])

    @property
    def series(self) -> list[tuple[Period, Answer]]:
        answers = self.kept["answers"]["series"]
        return [(period, Answer(one)) for period, one in zip(reading.periods_of(self.kept), answers, strict=True)]

    @property
    def divisions(self) -> list[Division]:
        return [self._division(by) for by in self.kept["groupings"]]

    def _division(self, by: str) -> Division:
        answers, labels = self.kept["answers"]["parts"][by], self.kept["labels"][by]
        whole = self.whole.exact
        parts = []
        for code, one in answers["parts"].items():
            answer = Answer(one)
            share = round(answer.exact * 100 / whole, 1) if whole and answer.exact is not None else None
            parts.append(Part(code, Said(labels[code]), answer, share))
        overlap = answers["overlap"]
        return Division(by, parts, None if overlap is None else Decimal(overlap))


@dataclass(frozen=True)
class Target:
    """A target of an edition with where it stood; `figure` measured it, unless a survey or milestones did."""

    kept: Mapping[str, Any]
    figure: Figure | None
    beside: Figure | None

    @property
    def slug(self) -> str:
        return str(self.kept["slug"])

    @property
    def text(self) -> Said:
        return Said(self.kept["text"])

    @property
    def status(self) -> str:
        """One of programmes.standing.Status."""
        return str(self.kept["status"])

    @property
    def status_words(self) -> Said:
        return Said(self.kept["status_words"])

    @property
    def explanation(self) -> Said:
        return Said(self.kept["explanation"])

    @property
    def actual(self) -> Decimal | None:
        return _decimal(self.kept["actual"])

    @property
    def value(self) -> Decimal | None:
        return _decimal(self.kept["value"])

    @property
    def baseline(self) -> Decimal:
        return Decimal(self.kept["baseline"])

    @property
    def since(self) -> date:
        return date.fromisoformat(self.kept["since"])

    @property
    def deadline(self) -> date:
        return date.fromisoformat(self.kept["deadline"])

    @property
    def reported(self) -> Said:
        return Said(self.kept["reported"])

    @property
    def reported_on(self) -> str:
        return str(self.kept["reported_on"])

    @property
    def milestones(self) -> list[tuple[Said, date, date | None]]:
        """Text, due, and when it was done."""
        return [
            (Said(one["text"]), date.fromisoformat(one["due"]), _day(one["done_on"])) for one in self.kept["milestones"]
        ]

    @property
    def rounds(self) -> list[tuple[Said, Said, Said, Said]]:
        """Of a survey: name of the round, response, result, interval."""
        names = ("name", "rate", "value", "interval")
        return [
            (Said(one["name"]), Said(one["rate"]), Said(one["value"]), Said(one["interval"]))
            for one in self.kept["rounds"]
            if all(name in one for name in names)
        ]

    @property
    def controls(self) -> list[Mapping[str, Any]]:
        """Numbers from official statistics, beside and never counted with: text, value, dated, source, published."""
        return list(self.kept["controls"])


@dataclass(frozen=True)
class Goal:
    """A goal with its targets and the goals that serve it."""

    slug: str
    sort: str
    text: Said
    targets: "Sequence[Target]"
    below: "Sequence[Goal]"


@dataclass(frozen=True)
class Block:
    """A part of the edition, in its order; blocks.py says what each sort holds."""

    sort: str
    kept: Mapping[str, Any]
    figure: Figure | None = None
    goals: Sequence[Goal] = ()
    loose: Sequence[Target] = ()

    @property
    def text(self) -> Said:
        return Said(self.kept.get("text", {}))

    @property
    def level(self) -> int:
        return int(self.kept.get("level", 2))

    @property
    def heading(self) -> Said:
        return Said(self.kept.get("heading", {}))

    @property
    def part(self) -> str:
        return str(self.kept.get("part", ""))

    @property
    def paragraphs(self) -> list[Said]:
        """Those of a part of the programme; of a text, what stands between empty lines."""
        if self.sort == "part":
            return [Said(one) for one in self.kept.get("paragraphs", [])]
        split = {language: _split(text) for language, text in self.kept.get("text", {}).items()}
        longest = max((len(one) for one in split.values()), default=0)
        return [
            Said({language: one[number] for language, one in split.items() if number < len(one)})
            for number in range(longest)
        ]

    @property
    def facts(self) -> list[tuple[Said, Said]]:
        return [(Said(one["label"]), Said(one["text"])) for one in self.kept.get("facts", [])]

    @property
    def phases(self) -> list[tuple[Said, date, date]]:
        return [
            (Said(one["name"]), date.fromisoformat(one["period"][0]), date.fromisoformat(one["period"][1]))
            for one in self.kept.get("phases", [])
        ]

    @property
    def url(self) -> str:
        return str(self.kept.get("url", ""))

    def targets(self) -> Iterator[Target]:
        """Every target, those of the goals below too."""
        yield from self.loose
        waiting = list(self.goals)
        while waiting:
            goal = waiting.pop(0)
            yield from goal.targets
            waiting = [*goal.below, *waiting]


@dataclass(frozen=True)
class Published:
    """An edition as it was frozen."""

    kept: Mapping[str, Any]

    @classmethod
    def of(cls, frozen: str) -> "Published":
        return cls(json.loads(frozen))

    @property
    def slug(self) -> str:
        return str(self.kept["publication"])

    @property
    def number(self) -> int:
        return int(self.kept["edition"])

    @property
    def sort(self) -> str:
        return str(self.kept["sort"])

    @property
    def title(self) -> Said:
        return Said(self.kept["title"])

    @property
    def programme(self) -> Said:
        return Said(self.kept["programme"]["name"])

    @property
    def region(self) -> Said:
        return Said(self.kept["region"])

    @property
    def period(self) -> Period:
        first, last, label = self.kept["period"]
        return Period(date.fromisoformat(first), date.fromisoformat(last), label)

    @property
    def frozen_at(self) -> datetime:
        return datetime.fromisoformat(self.kept["frozen_at"])

    @property
    def position(self) -> int:
        return int(self.kept["position"])

    @property
    def on(self) -> date:
        return date.fromisoformat(self.kept["on"])

    @property
    def protection(self) -> str:
        return str(self.kept["protection"])

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure by its key, in the order in which they are met."""
        return {one["key"]: Figure(one) for one in self.kept["figures"]}

    @cached_property
    def blocks(self) -> list[Block]:
        return [self._block(one) for one in self.kept["blocks"]]

    def _block(self, kept: Mapping[str, Any]) -> Block:
        if kept["sort"] == "figure":
            return Block("figure", kept, figure=self.figures[kept["key"]])
        if kept["sort"] == "targets":
            targets = [self._target(one) for one in kept["targets"]]
            goals = tuple(self._goals(kept["goals"], targets, ""))
            return Block("targets", kept, goals=goals, loose=[one for one in targets if not one.kept["goal"]])
        return Block(kept["sort"], kept)

    def _target(self, kept: Mapping[str, Any]) -> Target:
        return Target(kept, self.figures.get(kept["figure"]), self.figures.get(kept["beside"]))

    def _goals(self, kept: Sequence[Mapping[str, Any]], targets: Sequence[Target], above: str) -> list[Goal]:
        return [
            Goal(
                one["slug"],
                one["sort"],
                Said(one["text"]),
                [target for target in targets if target.kept["goal"] == one["slug"]],
                self._goals(kept, targets, one["slug"]),
            )
            for one in kept
            if one["serves"] == above
        ]


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
