"""Everything an edition says, as one document that is written once: figures, goals, texts, and as of when (R19).

The document is JSON with sorted keys and no spaces, so that the same contents are always the same bytes. Texts are kept
in all three languages. Nothing in it names a person: figures on people are told as everybody may read them (R20).
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import translation

from samtall.base.periods import Period, between, periods_between
from samtall.base.text import LANGUAGES
from samtall.figures import queries as figures
from samtall.figures.compiler import Grouping
from samtall.figures.discretion import about_people
from samtall.figures.models import FigureVersion
from samtall.figures.results import Distinct, Total
from samtall.figures.sentences import sentences, unit_words
from samtall.figures.showing import part_names
from samtall.programmes.measuring import Measured, measured
from samtall.programmes.models import Paragraph, Programme, Target
from samtall.programmes.queries import name_of, targets_of
from samtall.programmes.showing import headings, measured_period, shown_target, units
from samtall.publications import reading
from samtall.publications.blocks import may_be_published
from samtall.publications.models import PUBLIC, Block, Edition
from samtall.publications.published import Answer
from samtall.surveys import showing as surveys
from samtall.surveys.models import Question
from samtall.surveys.results import Told

FORMAT = "samtall-publication/1"

W = dict[str, str]


def written(document: Mapping[str, Any]) -> str:
    """A document as it is kept and hashed."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def frozen(edition: Edition, *, position: int, at: datetime, on: date) -> dict[str, Any]:
    """All that an edition says when it is counted as of a position, on a day."""
    return _Freezer(edition, position, on).document(at)


def trial(edition: Edition, version: FigureVersion, *, position: int, on: date) -> dict[str, Any]:
    """A figure by itself, as it would stand in an edition."""
    freezer = _Freezer(edition, position, on)
    return freezer.figures[freezer.figure(version, freezer.period)]


class _Freezer:
    def __init__(self, edition: Edition, position: int, on: date) -> None:
        self.edition, self.position, self.on = edition, position, on
        self.programme: Programme = edition.publication.programme
        self.period = between(edition.starts, edition.ends)
        self.figures: dict[str, dict[str, Any]] = {}
        public = edition.publication.editions.filter(state__in=PUBLIC).exclude(pk=edition.pk)
        self.beside = sorted(public.values_list("number", flat=True))

    def document(self, at: datetime) -> dict[str, Any]:
        kept = list(self.edition.blocks.all())
        blocks = [self._block(block) for block in kept]
        # a target says no more than its figure, which may say less for being divided further down
        blocks = [self._block(one) if one.sort == "targets" else done for one, done in zip(kept, blocks, strict=True)]
        publication, programme = self.edition.publication, self.programme
        return {
            "format": FORMAT,
            "publication": publication.slug,
            "edition": self.edition.number,
            "sort": publication.sort,
            "title": publication.title,
            "programme": {"slug": programme.slug, "name": programme.name},
            "region": name_of(programme.region).as_dict(),
            "period": _period(self.period),
            "frozen_at": at.isoformat(timespec="seconds"),
            "position": self.position,
            "on": self.on.isoformat(),
            "protection": self.edition.protection,
            "beside": self.beside,
            "blocks": blocks,
            "figures": list(self.figures.values()),
        }

    def _block(self, block: Block) -> dict[str, Any]:
        said = dict(block.said)
        if block.sort == "figure":
            version = FigureVersion.objects.select_related("figure").get(
                figure__slug=said["figure"], number=said["version"]
            )
            said["key"] = self.figure(version, self.period, tuple(said.pop("groupings", ())))
            del said["figure"], said["version"]
        elif block.sort == "part":
            said |= self._part(said["part"])
        elif block.sort == "targets":
            said |= self._targets()
        return {"sort": block.sort} | said

    # Figures

    def figure(self, version: FigureVersion, period: Period, groupings: tuple[str, ...] = ()) -> str:
        """Take a figure in, once for each period that it is asked for, and give the key it has in the document."""
        key = f"{version.figure.slug}/{version.number}/{period.first}..{period.last}"
        known = self.figures.get(key)
        if known is None or not set(groupings) <= set(known["groupings"]):
            every = tuple(dict.fromkeys((*(known["groupings"] if known else ()), *groupings)))
            self.figures[key] = self._counted(key, version, period, every)
        return key

    def _counted(self, key: str, version: FigureVersion, period: Period, groupings: tuple[str, ...]) -> dict[str, Any]:
        definition = figures.definition_of(version)
        periods = list(periods_between(period.first, period.last, definition.calendar))
        extent = figures.extent(definition, position=self.position)
        figure = {
            "key": key,
            "slug": version.figure.slug,
            "version": version.number,
            "made_at": version.made_at.isoformat(timespec="seconds"),
            "name": version.name,
            "unit": in_all(lambda: unit_words(definition, 2)),
            "sentences": [
                dict(zip(LANGUAGES, said, strict=True))
                for said in zip(*in_all(lambda: sentences(definition)).values(), strict=True)
            ],
            "people": about_people(definition),
            "definition": version.definition,
            "period": _period(period),
            "periods": [_period(one) for one in periods],
            "first": next((one.label for one in periods if extent and one.first <= extent[0] <= one.last), ""),
            "groupings": list(groupings),
        }
        figure["answers"] = reading.answers(
            figure,
            position=self.position,
            on=self.on,
            protection=self.edition.protection,
            earlier=shown_before(self.edition, self.beside, figure),
        )
        figure["labels"] = {
            name: _labels(Grouping(name), list(one["parts"])) for name, one in figure["answers"]["parts"].items()
        }
        return figure

    # Texts

    def _part(self, name: str) -> dict[str, Any]:
        if name == "lead":
            return {"paragraphs": [self.programme.lead] if self.programme.lead else []}
        if name == "facts":
            return {"facts": self.programme.facts}
        if name == "phases":
            phases = self.programme.phases.order_by("starts", "pk")
            return {"phases": [{"name": one.name, "period": [str(one.starts), str(one.ends)]} for one in phases]}
        paragraphs = self.programme.paragraphs.filter(part=name).order_by("ordering")
        heading = in_all(lambda: headings()[Paragraph.Part(name)])
        return {"heading": heading, "paragraphs": [one.text for one in paragraphs]}

    # Goals

    def _targets(self) -> dict[str, Any]:
        targets = targets_of(self.programme).select_related("programme", "goal", "question__survey")
        return {
            "goals": [
                {
                    "slug": goal.slug,
                    "sort": goal.sort,
                    "serves": goal.serves.slug if goal.serves else "",
                    "text": goal.text,
                }
                for goal in self.programme.goals.select_related("serves")
            ],
            "targets": [self._target(target) for target in targets.prefetch_related("milestones", "controls")],
        }

    def _target(self, target: Target) -> dict[str, Any]:
        day = min(self.on, self.edition.ends)
        period = measured_period(target, day)
        it = self._measured(target, day)
        figure, beside = (one if one and may_be_published(one) else None for one in (target.figure, target.beside))
        return {
            "slug": target.slug,
            "goal": target.goal.slug if target.goal else "",
            "text": target.text,
            "figure": self.figure(figure, period) if figure else "",
            "beside": self.figure(beside, period) if beside else "",
            "way": target.way,
            "baseline": f"{units(target.baseline):f}",
            "value": "" if target.value is None else f"{units(target.value):f}",
            "since": str(target.since),
            "deadline": str(target.deadline),
            "day": str(day),
            "actual": "" if it.actual is None else f"{it.actual:f}",
            "status": it.status.value,
            "status_words": in_all(lambda: it.status.words),
            "explanation": in_all(lambda: it.explanation),
            "reported": target.reported,
            "reported_on": target.reported_on,
            "milestones": [
                {
                    "text": one.text,
                    "due": str(one.due),
                    "done_on": str(one.done_on) if one.done_on and one.done_on <= day else "",
                }
                for one in it.milestones
            ],
            "rounds": _rounds(it),
            "controls": [
                {
                    "text": one.text,
                    "value": f"{units(one.value):f}",
                    "dated": str(one.dated),
                    "source": one.source,
                    "published": str(one.published) if one.published else "",
                }
                for one in target.controls.all()
            ],
        }

    def _measured(self, target: Target, day: date) -> Measured:
        """As the public reads it: by what the edition tells of a figure on people, from which the status follows."""
        counted = shown_target(target, self.position, self.on, True, day)
        if target.figure is None or not may_be_published(target.figure):
            counted = None
        if counted is not None and target.figure is not None and about_people(counted.figure.result.definition):
            result = counted.figure.result
            told = Answer(self.figures[self.figure(target.figure, result.period)]["answers"]["whole"]).exact
            if told is None:
                return measured(target, None, day)
            exact = Distinct(int(told)) if isinstance(result.exact, Distinct) else Total(told)
            counted = replace(counted, figure=replace(counted.figure, result=replace(result, exact=exact)))
        return measured(target, counted, day)


def _rounds(it: Measured) -> list[dict[str, Any]]:
    """What each round of a survey has shown. It is not in the books, and so is not counted again."""
    question = it.target.question
    return [] if question is None else [_round(question, told) for told in it.asked]


def _round(question: Question, told: Told) -> dict[str, Any]:
    estimate = told.estimate
    return {
        "name": in_all(lambda: surveys.round_name(told.round)),
        "rate": in_all(lambda: surveys.rate(told.round)),
        "value": in_all(lambda: surveys.written(question, estimate.value) if estimate else ""),
        "interval": in_all(lambda: surveys.interval(question, estimate) if estimate else ""),
    }


def shown_before(edition: Edition, numbers: Collection[int], figure: Mapping[str, Any]) -> dict[reading.Cell, str]:
    """What editions of the same publication with these numbers have shown of a figure in the same period."""
    same = ("slug", "version", "period")
    shown: dict[reading.Cell, str] = {}
    for earlier in edition.publication.editions.filter(number__in=numbers).order_by("number"):
        for one in json.loads(earlier.frozen)["figures"]:
            if all(one[name] == figure[name] for name in same):
                shown |= reading.shown(one)
    return shown


def in_all(said: Callable[[], Any]) -> dict[str, Any]:
    """What is said in each of the three languages."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = said()
    return found


def _labels(grouping: Grouping, codes: list[str]) -> dict[str, W]:
    names = in_all(lambda: part_names(grouping, codes))
    return {code: {language: names[language][code] for language in LANGUAGES} for code in codes}


def _period(period: Period) -> list[str]:
    return [str(period.first), str(period.last), period.label]
