"""What can be done with programmes."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.base.declarations import UnreadableDeclaration
from samtall.base.text import Words
from samtall.figures import operations as figures
from samtall.figures import queries
from samtall.figures.models import FigureVersion
from samtall.places import operations as places
from samtall.places.models import Region
from samtall.places.queries import codes_of
from samtall.programmes.files import ProgrammeText, TargetText, read
from samtall.programmes.models import Paragraph, Phase, Programme, Target
from samtall.programmes.queries import name_of


def load(path: Path, *, by: str, at: datetime, demonstration: bool = False) -> Programme:
    """Make the programme that a file tells of, or bring it in step with the file; the same file twice changes nothing.

    The standard figures are made where they are missing. A target that stands keeps the version of the figure that it
    was set with (R18); `by` is a signature. Raises UnreadableDeclaration.
    """
    told = read(path)
    with transaction.atomic():
        places.ensure_builtin(at)
        figures.ensure_catalogue(by=by, at=at)
        programme = _programme(told, demonstration)
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
        programme.targets.exclude(slug__in=[target.slug for target in told.targets]).delete()
        for number, target in enumerate(told.targets):
            _set_target(programme, target, number, by=by, at=at)
    return programme


def _programme(told: ProgrammeText, demonstration: bool) -> Programme:
    region = Region.objects.filter(slug=told.region).first()
    if region is None:
        raise UnreadableDeclaration(_("There is no region “%(region)s”.") % {"region": told.region})
    programme = Programme.objects.filter(slug=told.slug).first() or Programme(slug=told.slug)
    programme.region = region
    programme.name, programme.lead = told.name.as_dict(), told.lead.as_dict()
    programme.starts, programme.ends = told.starts, told.ends
    programme.facts = [{"label": fact.label.as_dict(), "text": fact.text.as_dict()} for fact in told.facts]
    programme.demonstration = demonstration
    programme.full_clean()
    programme.save()
    return programme


def _set_target(programme: Programme, told: TargetText, ordering: int, *, by: str, at: datetime) -> None:
    target = programme.targets.filter(slug=told.slug).first() or Target(programme=programme, slug=told.slug)
    target.ordering, target.text = ordering, told.text.as_dict()
    target.baseline, target.value = told.baseline, told.value
    target.since, target.deadline = told.since, told.deadline
    target.reported = told.reported.as_dict() if told.reported else {}
    target.reported_on = told.reported_on
    standing = (
        {version.figure.slug: version for version in (target.figure, target.beside) if version} if target.pk else {}
    )
    target.figure = _version(told.figure, told, programme.region, standing, by=by, at=at)
    target.beside = _version(told.beside, told, programme.region, standing, by=by, at=at) if told.beside else None
    target.full_clean()
    target.save()


def _version(
    slug: str, told: TargetText, region: Region, standing: dict[str, FigureVersion], *, by: str, at: datetime
) -> FigureVersion:
    """The version that the target stands with, else the latest."""
    own = f"{slug}-{region.slug}" if told.within_region else slug
    if own in standing:
        return standing[own]
    try:
        version = queries.current_version(slug)
    except FigureVersion.DoesNotExist:
        raise UnreadableDeclaration(
            _("There is no figure “%(figure)s” (target %(target)s).") % {"figure": slug, "target": told.slug}
        ) from None
    return _within(version, region, own, by=by, at=at) if told.within_region else version


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
