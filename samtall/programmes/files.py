"""A programme as a file tells it: TOML read into plain parts, with every text in three languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from samtall.base.declarations import Table, UnreadableDeclaration, read_file
from samtall.base.text import Words
from samtall.programmes.models import Context, Goal, Paragraph, Target
from samtall.surveys.files import SurveyText, survey_of

#: The programme that comes with Samtall.
MIDT_TELEMARK = Path(__file__).resolve().parent / "data" / "midt_telemark.toml"


@dataclass(frozen=True)
class PhaseText:
    name: Words
    starts: date
    ends: date


@dataclass(frozen=True)
class FactText:
    label: Words
    text: Words


@dataclass(frozen=True)
class GoalText:
    """`serves` is the slug of the goal above it, `kinds` the codes of the kinds of activity that serve it."""

    slug: str
    sort: str
    serves: str
    text: Words
    kinds: tuple[str, ...]
    own_only: bool


@dataclass(frozen=True)
class MilestoneText:
    text: Words
    due: date
    done_on: date | None
    done_by: str
    evidence: str


@dataclass(frozen=True)
class ContextText:
    """`target` is the slug of the target that a control total belongs to."""

    sort: str
    target: str
    text: Words
    value: int
    dated: date
    source: str
    published: date | None


@dataclass(frozen=True)
class TargetText:
    """`value`, `baseline` and `steps` are in thousandths of the figure's unit; no value: to be described, not counted.

    `version` is the number of the figure's version; 0 is the latest there is. `question` is the place of a question
    in a survey, which measures the target instead of a figure.
    """

    slug: str
    goal: str
    text: Words
    figure: str
    version: int
    beside: str
    within_region: bool
    survey: str
    question: int
    baseline_round: int | None
    way: str
    baseline: int
    value: int | None
    since: date
    deadline: date
    steps: tuple[tuple[date, int], ...]
    milestones: tuple[MilestoneText, ...]
    reported: Words | None
    reported_on: str


@dataclass(frozen=True)
class ProgrammeText:
    slug: str
    region: str
    name: Words
    lead: Words
    starts: date
    ends: date
    phases: tuple[PhaseText, ...]
    facts: tuple[FactText, ...]
    goals: tuple[GoalText, ...]
    targets: tuple[TargetText, ...]
    contexts: tuple[ContextText, ...]
    surveys: tuple[SurveyText, ...]
    paragraphs: Mapping[Paragraph.Part, tuple[Words, ...]]


def read(path: Path) -> ProgrammeText:
    """The programme that a file tells of. Raises UnreadableDeclaration."""
    return programme_of(read_file(path))


def programme_of(table: Table) -> ProgrammeText:
    """The programme that a declaration tells of. Raises UnreadableDeclaration."""
    return ProgrammeText(
        slug=table.get("slug", str),
        region=table.get("region", str),
        name=table.words("name"),
        lead=table.words("lead"),
        starts=table.get("starts", date),
        ends=table.get("ends", date),
        phases=tuple(
            PhaseText(row.words("name"), row.get("starts", date), row.get("ends", date))
            for row in table.tables("phases")
        ),
        facts=tuple(FactText(row.words("label"), row.words("text")) for row in table.tables("facts")),
        goals=tuple(map(_goal, table.tables("goals"))),
        targets=tuple(map(_target, table.tables("targets"))),
        contexts=tuple(map(_context, table.tables("contexts"))),
        surveys=tuple(map(survey_of, table.tables("surveys"))),
        paragraphs={part: tuple(row.words() for row in table.tables(part.value)) for part in Paragraph.Part},
    )


def _goal(table: Table) -> GoalText:
    return GoalText(
        slug=table.get("slug", str),
        sort=_one_of(table, "sort", Goal.Sort.values),
        serves=table.get("serves", str, ""),
        text=table.words("text"),
        kinds=table.texts("kinds"),
        own_only=table.get("own_only", bool, False),
    )


def _target(table: Table) -> TargetText:
    value = table.get("value", int | float, required=False)
    return TargetText(
        slug=table.get("slug", str),
        goal=table.get("goal", str, ""),
        text=table.words("text"),
        figure=table.get("figure", str, ""),
        version=table.get("version", int, 0),
        beside=table.get("beside", str, ""),
        within_region=table.get("within_region", bool, False),
        survey=table.get("survey", str, ""),
        question=table.get("question", int, 0),
        baseline_round=table.get("baseline_round", int, required=False),
        way=_one_of(table, "way", Target.Way.values, Target.Way.WHOLE),
        baseline=_thousandths(table.get("baseline", int | float, 0)),
        value=None if value is None else _thousandths(value),
        since=table.get("since", date),
        deadline=table.get("deadline", date),
        steps=tuple(
            (row.get("on", date), _thousandths(row.get("value", int | float))) for row in table.tables("steps")
        ),
        milestones=tuple(map(_milestone, table.tables("milestones"))),
        reported=table.words_or_none("reported"),
        reported_on=table.get("reported_on", str, ""),
    )


def _milestone(table: Table) -> MilestoneText:
    return MilestoneText(
        text=table.words("text"),
        due=table.get("due", date),
        done_on=table.get("done_on", date, required=False),
        done_by=table.get("done_by", str, ""),
        evidence=table.get("evidence", str, ""),
    )


def _context(table: Table) -> ContextText:
    return ContextText(
        sort=_one_of(table, "sort", Context.Sort.values),
        target=table.get("target", str, ""),
        text=table.words("text"),
        value=_thousandths(table.get("value", int | float)),
        dated=table.get("dated", date),
        source=table.get("source", str),
        published=table.get("published", date, required=False),
    )


def _one_of(table: Table, name: str, values: Sequence[str], default: str | None = None) -> str:
    said: str = table.get(name, str, default)
    if said not in values:
        raise UnreadableDeclaration(
            _("“%(name)s” in %(where)s is none of: %(values)s.")
            % {"name": name, "where": table.where, "values": ", ".join(values)}
        )
    return said


def _thousandths(number: int | float) -> int:
    return int(Decimal(str(number)) * 1000)
