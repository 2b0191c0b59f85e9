"""What can be done with programmes: bring one in step with its file, and change, add and remove its parts."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from samtall.activities.models import Activity
from samtall.activities.refusals import Invalid
from samtall.base.text import Words
from samtall.places import operations as places
from samtall.places.models import Region
from samtall.places.queries import members_of
from samtall.programmes import loading
from samtall.programmes.exporting import text_of
from samtall.programmes.files import ProgrammeText, read
from samtall.programmes.models import Change, Context, Contribution, Goal, Milestone, Paragraph, Programme, Target
from samtall.programmes.queries import name_of

#: What a programme is made of, each changed and removed in the same way.
Part = Goal | Target | Milestone | Context | Paragraph


def load(path: Path, *, by: str, at: datetime, demonstration: bool = False) -> Programme:
    """Make the programme that a file tells of, or bring it in step with the file; the same file twice changes nothing.

    The standard figures are made where they are missing. A target that stands keeps the version of the figure that it
    was set with (R18); `by` is a signature. Raises UnreadableDeclaration.
    """
    return take(read(path), by=by, at=at, demonstration=demonstration)


def take(told: ProgrammeText, *, by: str, at: datetime, demonstration: bool = False) -> Programme:
    """As `load`, from what was read."""
    with transaction.atomic():
        standing = Programme.objects.filter(slug=told.slug).first()
        before = text_of(standing) if standing else None
        programme = loading.bring_in_step(told, by=by, at=at, demonstration=demonstration)
        if before != text_of(programme):
            Change.objects.create(programme=programme, what=f"file:{told.slug}", by=by, at=at)
    return programme


def change(thing: Programme | Part, values: Mapping[str, Any], *, by: str, at: datetime) -> Programme | Part:
    """Save a programme or a part of it, new or standing, with these values; what differs is kept with who and when.

    A target keeps the version of the figure it was set with (R18). Raises Invalid.
    """
    with transaction.atomic():
        new = thing.pk is None
        before = {} if new else {name: _plain(getattr(thing, name)) for name in values}
        if isinstance(thing, Target) and not new and {"figure", "beside", "question"} & values.keys():
            raise ValueError("a target stays with its figure (R18)")
        for name, value in values.items():
            setattr(thing, name, value)
        _refuse_circle(thing)
        try:
            thing.full_clean()
        except ValidationError as error:
            raise Invalid({name: " ".join(messages) for name, messages in error.message_dict.items()}) from error
        thing.save()
        after = {name: _plain(getattr(thing, name)) for name in values}
        changed = [name for name in values if before.get(name) != after[name]]
        if changed:
            kept = [{name: side[name] for name in changed if name in side} for side in (before, after)]
            _note(thing, *kept, by=by, at=at)
    return thing


def remove(part: Part, *, by: str, at: datetime) -> None:
    """Take a part away; how it read stays in the list of changes."""
    with transaction.atomic():
        _note(part, {field.name: _plain(getattr(part, field.name)) for field in part._meta.fields}, {}, by=by, at=at)
        part.delete()


def say_region(slug: str, name: Words, municipalities: Collection[int], *, by: str, at: datetime) -> Region:
    """Make a region, or say anew what it is called and which municipalities (ids) it has; its programmes tell of it.

    Figures keep the municipalities that they were made with.
    """
    with transaction.atomic():
        standing = Region.objects.filter(slug=slug).first()
        before = _region_as_said(standing) if standing else {}
        region = places.set_region(slug, name, municipalities)
        after = _region_as_said(region)
        if before != after:
            for programme in Programme.objects.filter(region=region):
                Change.objects.create(programme=programme, what="region", before=before, after=after, by=by, at=at)
    return region


def _region_as_said(region: Region) -> dict[str, Any]:
    members = ", ".join(f"{one.code} {one.name}" for one in members_of(region))
    return {"name": name_of(region).as_dict(), "municipalities": members}


def say_goals(activity: Activity, goals: Iterable[Goal], *, by: str, at: datetime) -> None:
    """These are the goals that an activity serves, and no other; who said so is kept."""
    with transaction.atomic():
        wanted = {goal.pk: goal for goal in goals}
        standing = {one.goal_id: one for one in Contribution.objects.filter(activity=activity).select_related("goal")}
        for pk in standing.keys() - wanted.keys():
            _note(standing[pk].goal, {"activity": activity.pk}, {}, by=by, at=at)
            standing[pk].delete()
        for pk in wanted.keys() - standing.keys():
            Contribution.objects.create(goal=wanted[pk], activity=activity, by=by, at=at)
            _note(wanted[pk], {}, {"activity": activity.pk}, by=by, at=at)


def programme_of(thing: Programme | Part) -> Programme:
    if isinstance(thing, Programme):
        return thing
    return thing.target.programme if isinstance(thing, Milestone) else thing.programme


def _note(thing: Programme | Part, before: dict[str, Any], after: dict[str, Any], *, by: str, at: datetime) -> None:
    what = f"{thing._meta.model_name}:{getattr(thing, 'slug', thing.pk)}"
    Change.objects.create(programme=programme_of(thing), what=what, before=before, after=after, by=by, at=at)


def _refuse_circle(thing: Programme | Part) -> None:
    """No goal serves itself, by way of others either."""
    above = thing.serves if isinstance(thing, Goal) else None
    while above is not None:
        if above.pk == thing.pk:
            raise Invalid({"serves": loading.CIRCLE % {"goal": Words.from_dict(above.text)}})
        above = above.serves


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, models.Model) else value
