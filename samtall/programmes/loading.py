"""Bringing a programme in step with what its file tells."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities import registry
from samtall.base.declarations import UnreadableDeclaration
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures import queries
from samtall.figures.models import FigureVersion
from samtall.places import operations as places
from samtall.places.models import Region
from samtall.places.queries import codes_of
from samtall.programmes.files import ProgrammeText, TargetText
from samtall.programmes.models import Context, Goal, Milestone, Paragraph, Phase, Programme, Target
from samtall.programmes.queries import name_of
from samtall.surveys import operations as surveys
from samtall.surveys.models import Question

CIRCLE = gettext_lazy("“%(goal)s” would serve itself. Choose another goal above it.")


def bring_in_step(told: ProgrammeText, *, by: str, at: datetime, demonstration: bool) -> Programme:
    """The programme as it is told; in the caller's transaction. Raises UnreadableDeclaration."""
    places.ensure_builtin(at)
    figures.ensure_catalogue(by=by, at=at)
    programme = _programme(told, demonstration)
    for survey in told.surveys:
        surveys.ensure(survey, by=by, at=at)
    programme.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(programme=programme, name=phase.name.as_dict(), starts=phase.starts, ends=phase.ends)
        for phase in told.phases
    )
    programme.paragraphs.all().delete()
    Paragraph.objects.bulk_create(
        Paragraph(programme=programme, part=part, ordering=number, text=text.as_dict())
        for part, texts in told.paragraphs.items()
        for number, text in enumerate(texts)
    )
    goals = _goals(programme, told)
    programme.targets.exclude(slug__in=[target.slug for target in told.targets]).delete()
    targets = {
        target.slug: _target(programme, target, number, goals, by=by, at=at)
        for number, target in enumerate(told.targets)
    }
    programme.goals.exclude(slug__in=goals).delete()
    _contexts(programme, told, targets)
    return programme


def _programme(told: ProgrammeText, demonstration: bool) -> Programme:
    region = Region.objects.filter(slug=told.region).first()
    if region is None:
        raise UnreadableDeclaration(
            _("There is no region “%(region)s”. Make it on the page of regions, or correct the file.")
            % {"region": told.region}
        )
    programme = Programme.objects.filter(slug=told.slug).first() or Programme(slug=told.slug)
    programme.region = region
    programme.name, programme.lead = told.name.as_dict(), told.lead.as_dict()
    programme.starts, programme.ends = told.starts, told.ends
    programme.facts = [{"label": fact.label.as_dict(), "text": fact.text.as_dict()} for fact in told.facts]
    programme.demonstration = demonstration
    programme.full_clean()
    programme.save()
    return programme


def _goals(programme: Programme, told: ProgrammeText) -> dict[str, Goal]:
    """The goals by slug; those above may be told after those below."""
    goals = {}
    known = {kind.code for kind in registry.kinds()}
    for number, said in enumerate(told.goals):
        goal = programme.goals.filter(slug=said.slug).first() or Goal(programme=programme, slug=said.slug)
        goal.ordering, goal.sort, goal.text = number, said.sort, said.text.as_dict()
        goal.kinds, goal.own_only = list(said.kinds), said.own_only
        if unknown := set(said.kinds) - known:
            raise UnreadableDeclaration(
                _("There is no kind of activity “%(kind)s” (goal %(goal)s).")
                % {"kind": min(unknown), "goal": said.slug}
            )
        goal.save()
        goals[said.slug] = goal
    for said in told.goals:
        goals[said.slug].serves = _goal_named(goals, said.serves, said.slug)
        goals[said.slug].save()
    for said in told.goals:
        above, steps = goals[said.slug], 0
        while above.serves is not None:
            above, steps = goals[above.serves.slug], steps + 1
            if steps > len(goals):
                raise UnreadableDeclaration(CIRCLE % {"goal": said.text})
    return goals


def _goal_named(goals: dict[str, Goal], slug: str, where: str) -> Goal | None:
    if slug and slug not in goals:
        raise UnreadableDeclaration(_("There is no goal “%(goal)s” (%(where)s).") % {"goal": slug, "where": where})
    return goals.get(slug)


def _target(
    programme: Programme, told: TargetText, ordering: int, goals: dict[str, Goal], *, by: str, at: datetime
) -> Target:
    target = programme.targets.filter(slug=told.slug).first() or Target(programme=programme, slug=told.slug)
    target.ordering, target.text = ordering, told.text.as_dict()
    target.goal = _goal_named(goals, told.goal, told.slug)
    target.way, target.baseline, target.value = told.way, told.baseline, told.value
    target.since, target.deadline = told.since, told.deadline
    target.steps = [[day.isoformat(), value] for day, value in told.steps]
    target.reported = told.reported.as_dict() if told.reported else {}
    target.reported_on = told.reported_on
    target.question, target.baseline_round = _question(told), told.baseline_round
    standing = (
        {version.figure.slug: version for version in (target.figure, target.beside) if version} if target.pk else {}
    )
    region = programme.region
    if told.figure:
        target.figure = version_of(
            told.figure, told.slug, region if told.within_region else None, standing, told.version, by=by, at=at
        )
    if told.beside:
        target.beside = version_of(
            told.beside, told.slug, region if told.within_region else None, standing, by=by, at=at
        )
    target.full_clean()
    target.save()
    target.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(
            target=target,
            text=one.text.as_dict(),
            due=one.due,
            done_on=one.done_on,
            done_by=one.done_by,
            evidence=one.evidence,
        )
        for one in told.milestones
    )
    return target


def _question(told: TargetText) -> Question | None:
    if not told.survey:
        return None
    found = Question.objects.filter(survey__slug=told.survey, ordering=told.question).first()
    if found is None:
        raise UnreadableDeclaration(
            _("There is no question %(number)s in the survey “%(survey)s” (target %(target)s).")
            % {"number": told.question, "survey": told.survey, "target": told.slug}
        )
    return found


def _contexts(programme: Programme, told: ProgrammeText, targets: dict[str, Target]) -> None:
    programme.contexts.all().delete()
    for one in told.contexts:
        if one.target and one.target not in targets:
            raise UnreadableDeclaration(_("There is no target “%(target)s”.") % {"target": one.target})
    Context.objects.bulk_create(
        Context(
            programme=programme,
            target=targets.get(one.target),
            sort=one.sort,
            text=one.text.as_dict(),
            value=one.value,
            dated=one.dated,
            source=one.source,
            published=one.published,
        )
        for one in told.contexts
    )


def version_of(
    slug: str,
    target: str,
    region: Region | None,
    standing: dict[str, FigureVersion],
    number: int = 0,
    *,
    by: str,
    at: datetime,
) -> FigureVersion:
    """The version that the target stands with, else the one of this number, else the latest.

    With a region: of work sites there only.
    """
    own = f"{slug}-{region.slug}" if region else slug
    if own in standing:
        return standing[own]
    try:
        if number:
            return FigureVersion.objects.select_related("figure").get(figure__slug=own, number=number)
        version = queries.current_version(slug)
    except FigureVersion.DoesNotExist:
        raise UnreadableDeclaration(
            _("There is no figure “%(figure)s” (target %(target)s).") % {"figure": slug, "target": target}
        ) from None
    return _within(version, region, own, by=by, at=at) if region else version


def _within(version: FigureVersion, region: Region, slug: str, *, by: str, at: datetime) -> FigureVersion:
    """The same figure, of work sites in the region only (R11): a figure of its own, so that its list agrees with it."""
    place = name_of(region)
    name = Words(**{language: f"{version.name[language]}, {text}" for language, text in place.as_dict().items()})
    definition = replace(queries.definition_of(version), municipalities=tuple(sorted(codes_of(region))))
    return figures.define(
        slug,
        name=name,
        definition=definition,
        by=by,
        at=at,
        public=version.figure.public,
        ordering=version.figure.ordering,
    )
