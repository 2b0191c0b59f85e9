"""How activities are shown: what pages say of them, to a reader who may or may not see people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor
from samtall.activities import registry
from samtall.activities.details import shown
from samtall.activities.facts import is_people
from samtall.activities.kind import FieldType, Kind, Stage, When
from samtall.activities.models import Activity, Milestone, Participation, StageRecord
from samtall.activities.naming import address_of, meant
from samtall.activities.operations import UnknownKind
from samtall.activities.queries import reaches
from samtall.activities.vocabulary import UNITS
from samtall.base.text import search_key
from samtall.ledger.facts import Side
from samtall.ledger.vocabulary import words_for
from samtall.places.queries import name_of_code
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Event, Table
from samtall.ui.writing import number, short_date, span, thousandths


def kind_words(activity: Activity) -> str:
    """What the kind is called; its code when the kind is no longer among the settings."""
    try:
        return str(registry.kind(activity.kind).words)
    except UnknownKind:
        return activity.kind


def with_parties(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    return activities.prefetch_related("participations__organisation__same_as")


def outside_parties(activity: Activity) -> str:
    """The organisations outside education as they are counted, not as they were written; for a line in a list."""
    roles = {role.code: role for role in registry.kind(activity.kind).roles}
    parts = sorted(activity.participations.all(), key=lambda one: one.pk)
    names = [
        str(meant(one.organisation))
        for one in parts
        if one.organisation and one.role in roles and roles[one.role].side is Side.OUTSIDE
    ]
    return ", ".join(dict.fromkeys(names))


def activities_table(activities: Iterable[Activity]) -> Table:
    columns = [_("Activity"), _("Kind"), _("With"), _("When"), _("Status"), _("Approval")]
    rows = [
        (
            Link(reverse("activity", args=[one.pk]), one.title),
            kind_words(one),
            outside_parties(one),
            span(one.starts, one.ends),
            one.get_state_display(),
            one.get_step_display(),
        )
        for one in activities
    ]
    return Table(_("Activities"), [Column(label) for label in columns], rows, caption_hidden=True)


@dataclass(frozen=True)
class ShownPart:
    """A part as a row of the page: `active` while its party has not left, `written` when it was named otherwise."""

    part: Participation
    role: str
    who: str
    url: str
    written: str
    amount: str
    when: str
    outcome: str
    active: bool


def shown_parts(activity: Activity, parts: Sequence[Participation], kind: Kind, reader: Visitor) -> list[ShownPart]:
    """The parts in the order of the kind's roles; people are named only for those who may see people."""
    order = [role.code for role in kind.roles]
    names = _names_of_people(parts, kind, named=reaches(reader, "people.read", activity))
    shown = [_shown_part(activity, one, kind, names) for one in parts]
    return sorted(shown, key=lambda one: (order.index(one.part.role), one.part.pk))


def _shown_part(activity: Activity, part: Participation, kind: Kind, names: dict[int, str]) -> ShownPart:
    role = kind.role(part.role)
    one = part.organisation
    place = part.establishment or (one and (one.same_site or meant(one)))
    amount = f"{thousandths(part.quantity)} {UNITS[part.unit]}" if part.quantity is not None and part.unit else ""
    return ShownPart(
        part=part,
        role=str(role.words),
        who=names[part.pk] if is_people(part) else str(place),
        url="" if is_people(part) or one is None else address_of(meant(one)),
        written=_written(part),
        amount=amount,
        when=span(part.starts or activity.starts, part.ends or activity.ends) if part.starts or part.ends else "",
        outcome="" if part.outcome == Participation.Outcome.TAKING_PART else part.get_outcome_display(),
        active=part.outcome == Participation.Outcome.TAKING_PART,
    )


def _written(part: Participation) -> str:
    """How the organisation was written, where it is found to be another one or is called something else."""
    one = part.organisation
    return one.name if one and one.same_as and search_key(one.name) != search_key(one.same_as.name) else ""


def _names_of_people(parts: Sequence[Participation], kind: Kind, *, named: bool) -> dict[int, str]:
    """What to call people: their name, or their role and a number; those counted by head by how many they are."""
    names: dict[int, str] = {}
    counted: dict[str, int] = {}
    for part in parts:
        if part.head_count is not None:
            people = ngettext("%(number)s person", "%(number)s people", part.head_count)
            names[part.pk] = people % {"number": number(part.head_count)}
        elif part.person_key is not None:
            counted[part.role] = counted.get(part.role, 0) + 1
            anonymous = f"{kind.role(part.role).words} {counted[part.role]}"
            names[part.pk] = str(part.person) if named and part.person else anonymous
        else:
            continue
        if part.organisation is not None:
            names[part.pk] += f", {meant(part.organisation)}"
    return names


@dataclass(frozen=True)
class ShownStage:
    """A stage of an activity's life: what was said, newest first, and where to say it; no address: not now."""

    stage: Stage
    records: list[StageRecord]
    url: str

    @property
    def holds(self) -> StageRecord | None:
        """The word that holds: the latest."""
        return self.records[0] if self.records else None


def shown_stages(activity: Activity, kind: Kind, reader: Visitor, *, can_tell: bool) -> list[ShownStage]:
    """The stages that have been passed, and those that can be told now."""
    told: dict[str, list[StageRecord]] = {}
    for record in activity.stages.select_related("by", "led_to").order_by("-pk"):
        if record.led_to and not reaches(reader, "activities.read", record.led_to):
            record.led_to = None  # it is not for this reader
        told.setdefault(record.stage, []).append(record)
    now = {
        When.BEFORE: activity.state == Activity.State.PLANNED,
        When.AFTER: activity.state in (Activity.State.COMPLETED, Activity.State.ABORTED),
    }
    shown = [
        ShownStage(
            stage=stage,
            records=told.get(stage.code, []),
            url=reverse("activity-stage", args=[activity.pk, stage.code])
            if can_tell and now[stage.when] and (stage.code not in told or _may_change(stage))
            else "",
        )
        for stage in kind.stages
    ]
    return [one for one in shown if one.records or one.url]


def stage_words(record: StageRecord, kind: Kind) -> str:
    """What a stage is called, and that it was a no where it was."""
    words = next((str(stage.words) for stage in kind.stages if stage.code == record.stage), record.stage)
    return words if record.yes else _("%(stage)s: no") % {"stage": words}


def _may_change(stage: Stage) -> bool:
    """Whether a stage can be told anew: a decision and what is said afterwards can; a proposal is made once."""
    return bool(stage.decided_by) or stage.when is When.AFTER


def milestone_words(milestone: Milestone, kind: Kind) -> str:
    """What a milestone is called: as its kind declares, else its own title."""
    declared = {one.code: str(one.words) for one in kind.milestones}
    return milestone.title or declared.get(milestone.code, milestone.code)


def facts_about(activity: Activity, kind: Kind) -> list[tuple[str, str | Link]]:
    """What an activity says of itself, as terms and texts."""
    pairs: list[tuple[str, str | Link]] = [
        (_("Kind"), Link(reverse("kind", args=[kind.code]), str(kind.words))),
        (_("When"), span(activity.starts, activity.ends)),
        (_("Municipality"), " ".join(filter(None, (activity.municipality, name_of_code(activity.municipality))))),
    ]
    if activity.programme:
        pairs.append((_("Programme"), str(words_for("programme", activity.programme))))
    for field in kind.fields:
        kept = activity.details.get(field.code)
        if kept is not None:
            pairs.append((str(field.words), _detail_text(field.type, shown(field, kept))))
    return pairs


def _detail_text(type_: FieldType, value: object) -> str:
    if type_ is FieldType.DATE:
        return short_date(value)  # type: ignore[arg-type]
    if type_ is FieldType.DATES:
        return ", ".join(short_date(day) for day in value)  # type: ignore[attr-defined]
    if type_ in (FieldType.DECIMAL, FieldType.INTEGER):
        return number(value)  # type: ignore[arg-type]
    return str(value)


def history(activity: Activity) -> list[Event]:
    """What has been done with it and how it has gone, newest first."""
    steps = [
        (one.at, one.pk, Event(one.at, one.get_action_display(), str(one.by), one.reason))
        for one in activity.steps.select_related("by")
    ]
    states = [
        (
            one.at,
            one.pk,
            Event(one.at, _state_text(one.get_state_display(), short_date(one.on)), str(one.by), one.reason),
        )
        for one in activity.states.select_related("by")
    ]
    kind = registry.kind(activity.kind)
    stages = [
        (one.at, one.pk, Event(one.at, _state_text(stage_words(one, kind), short_date(one.on)), str(one.by), one.text))
        for one in activity.stages.select_related("by")
    ]
    return [event for _at, _pk, event in sorted(steps + states + stages, key=lambda row: row[:2], reverse=True)]


def _state_text(state: str, day: str) -> str:
    return _("%(state)s on %(day)s") % {"state": state, "day": day}
