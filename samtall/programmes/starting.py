"""A new programme that starts from another: the same goals and targets, in its own region and years."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.text import Words, for_address
from samtall.programmes.files import MilestoneText, ProgrammeText, TargetText
from samtall.programmes.models import Paragraph, Programme

#: Addresses below /program/ that are pages of their own.
ADDRESSES = {"ny", "sammenlign"}


class NameTaken(Refusal):
    """There is a programme with this name already."""


def started_from(pattern: ProgrammeText, *, region: str, name: Words, starts: date) -> ProgrammeText:
    """The pattern's goals and targets with every day moved to the new first year.

    What the other region reported, has done, and knows about itself does not come along. Raises NameTaken.
    """
    slug = for_address(name.nb, 50) or region
    if slug in ADDRESSES or Programme.objects.filter(slug=slug).exists():
        raise NameTaken(_("There is a programme with this name already. Choose another name."))
    years = starts.year - pattern.starts.year
    return replace(
        pattern,
        slug=slug,
        region=region,
        name=name,
        lead=Words("", "", ""),
        starts=starts,
        ends=_moved(pattern.ends, years),
        phases=tuple(
            replace(one, starts=_moved(one.starts, years), ends=_moved(one.ends, years)) for one in pattern.phases
        ),
        facts=(),
        targets=tuple(_target(one, years, slug) for one in pattern.targets),
        surveys=tuple(replace(one, slug=_own(one.slug, slug)) for one in pattern.surveys),
        contexts=(),
        paragraphs=dict.fromkeys(Paragraph.Part, ()),
    )


def _own(survey: str, slug: str) -> str:
    """A survey of one's own, with rounds of one's own."""
    return f"{survey}-{slug}"[:50]


def _target(target: TargetText, years: int, slug: str) -> TargetText:
    return replace(
        target,
        since=_moved(target.since, years),
        deadline=_moved(target.deadline, years),
        steps=tuple((_moved(day, years), value) for day, value in target.steps),
        milestones=tuple(MilestoneText(one.text, _moved(one.due, years), None, "", "") for one in target.milestones),
        baseline=0,
        survey=_own(target.survey, slug) if target.survey else "",
        baseline_round=None,
        reported=None,
        reported_on="",
    )


def _moved(day: date, years: int) -> date:
    """The same day of another year; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
