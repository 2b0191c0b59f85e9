"""A programme written as the file that would make it: what `load` reads back means the same."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from samtall.base.text import LANGUAGES, Words
from samtall.programmes import files
from samtall.programmes.models import Paragraph, Programme, Target
from samtall.surveys.files import text_of_survey
from samtall.surveys.models import Survey


def text_of(programme: Programme) -> files.ProgrammeText:
    """A programme as its file would tell it."""
    paragraphs: dict[Paragraph.Part, list[Words]] = {part: [] for part in Paragraph.Part}
    for paragraph in programme.paragraphs.order_by("ordering"):
        paragraphs[Paragraph.Part(paragraph.part)].append(Words.from_dict(paragraph.text))
    targets = programme.targets.select_related("goal", "figure__figure", "beside__figure")
    return files.ProgrammeText(
        slug=programme.slug,
        region=programme.region.slug,
        name=Words.from_dict(programme.name),
        lead=Words.from_dict(programme.lead or dict.fromkeys(LANGUAGES, "")),
        starts=programme.starts,
        ends=programme.ends,
        phases=tuple(
            files.PhaseText(Words.from_dict(one.name), one.starts, one.ends)
            for one in programme.phases.order_by("starts", "pk")
        ),
        facts=tuple(
            files.FactText(Words.from_dict(fact["label"]), Words.from_dict(fact["text"])) for fact in programme.facts
        ),
        goals=tuple(
            files.GoalText(
                goal.slug,
                goal.sort,
                goal.serves.slug if goal.serves else "",
                Words.from_dict(goal.text),
                tuple(goal.kinds),
                goal.own_only,
            )
            for goal in programme.goals.select_related("serves")
        ),
        targets=tuple(
            _target(target, programme.region.slug)
            for target in targets.prefetch_related("milestones", "question__survey")
        ),
        contexts=tuple(
            files.ContextText(
                one.sort,
                one.target.slug if one.target else "",
                Words.from_dict(one.text),
                one.value,
                one.dated,
                one.source,
                one.published,
            )
            for one in programme.contexts.select_related("target").order_by("pk")
        ),
        surveys=tuple(text_of_survey(one) for one in _surveys(programme)),
        paragraphs={part: tuple(texts) for part, texts in paragraphs.items()},
    )


def _surveys(programme: Programme) -> QuerySet[Survey]:
    """Those that measure its targets."""
    measuring = Survey.objects.filter(questions__in=programme.targets.values("question"))
    return measuring.distinct().order_by("pk").prefetch_related("questions")


def _target(target: Target, region: str) -> files.TargetText:
    figure, version, within = "", 0, False
    if target.figure:
        figure = target.figure.figure.slug
        within = figure.endswith(f"-{region}")
        if target.figure.figure.versions.filter(number__gt=target.figure.number).exists():
            version = target.figure.number
    beside = target.beside.figure.slug if target.beside else ""
    return files.TargetText(
        slug=target.slug,
        goal=target.goal.slug if target.goal else "",
        text=Words.from_dict(target.text),
        figure=figure.removesuffix(f"-{region}") if within else figure,
        version=version,
        beside=beside.removesuffix(f"-{region}") if within else beside,
        within_region=within,
        survey=target.question.survey.slug if target.question else "",
        question=target.question.ordering if target.question else 0,
        baseline_round=target.baseline_round,
        way=target.way,
        baseline=target.baseline,
        value=target.value,
        since=target.since,
        deadline=target.deadline,
        steps=tuple((date.fromisoformat(day), value) for day, value in target.steps),
        milestones=tuple(
            files.MilestoneText(Words.from_dict(one.text), one.due, one.done_on, one.done_by, one.evidence)
            for one in target.milestones.all()
        ),
        reported=Words.from_dict(target.reported) if target.reported else None,
        reported_on=target.reported_on,
    )


def as_toml(told: files.ProgrammeText) -> str:
    """The file itself. What is at its default is left out."""
    lines = [f"# {told.name.nb}", ""]
    head = {name: getattr(told, name) for name in ("slug", "region", "starts", "ends", "name", "lead")}
    lines += _pairs(head)
    for phase in told.phases:
        lines += _table("phases", vars(phase))
    for fact in told.facts:
        lines += _table("facts", vars(fact))
    for goal in told.goals:
        lines += _table("goals", vars(goal))
    for target in told.targets:
        lines += _table("targets", _plain_target(target))
    for survey in told.surveys:
        lines += _table("surveys", vars(survey) | {"questions": [vars(one) for one in survey.questions]})
    for context in told.contexts:
        lines += _table("contexts", vars(context) | {"value": _Kept(_number(context.value))})
    for part, texts in told.paragraphs.items():
        for text in texts:
            lines += _table(part.value, text.as_dict())
    return "\n".join(lines) + "\n"


def _plain_target(target: files.TargetText) -> dict[str, Any]:
    return vars(target) | {
        "baseline": _number(target.baseline),
        "value": None if target.value is None else _Kept(_number(target.value)),
        "steps": [{"on": day, "value": _Kept(_number(value))} for day, value in target.steps],
        "milestones": [vars(one) for one in target.milestones],
    }


class _Kept:
    """A number that is written though it is nothing: a target of 0 is a target."""

    def __init__(self, number: int | Decimal) -> None:
        self.number = number


def _table(name: str, values: Mapping[str, Any]) -> list[str]:
    return ["", f"[[{name}]]", *_pairs(values)]


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {_written(value)}" for name, value in values.items() if not _left_out(value)]


def _left_out(value: Any) -> bool:
    return value in (None, "", 0, False, (), [])


def _written(value: Any) -> str:
    if isinstance(value, _Kept):
        return str(value.number)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Words):
        return "{ " + ", ".join(f"{language} = {_written(text)}" for language, text in value.as_dict().items()) + " }"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list | tuple):
        return _listed(value)
    # a basic string of TOML is a string of JSON but for DEL, which TOML will not have as it is
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F") if isinstance(value, str) else str(value)


def _listed(values: Iterable[Any]) -> str:
    return f"[{', '.join(map(_written, values))}]"


def _inline(values: Mapping[str, Any]) -> str:
    kept = [f"{name} = {_written(value)}" for name, value in values.items() if not _left_out(value)]
    return "{ " + ", ".join(kept) + " }"


def _number(thousandths: int) -> int | Decimal:
    whole, rest = divmod(thousandths, 1000)
    return Decimal(thousandths) / 1000 if rest else whole
