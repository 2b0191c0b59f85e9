"""A programme's goals as a tree, with the targets that make them concrete and what is done that serves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.accounts.policy import Visitor, may
from samtall.activities import registry
from samtall.activities.models import Activity
from samtall.activities.panels import Panel
from samtall.base.periods import between
from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.definitions import EDUCATION, Definition, Party, Unit
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.programmes.measuring import Measured
from samtall.programmes.models import Goal, Programme
from samtall.ui.frame import Link
from samtall.ui.writing import listed, number


@dataclass(frozen=True)
class ShownGoal:
    """A goal, the goals below it, its targets, and in a sentence how much is done that serves it."""

    goal: Goal
    below: "Sequence[ShownGoal]"
    targets: Sequence[Measured]
    served: str

    @property
    def text(self) -> str:
        return str(Words.from_dict(self.goal.text))

    @property
    def slug(self) -> str:
        return self.goal.slug


def tree_of(programme: Programme, targets: Sequence[Measured], *, position: int, as_of: date | None) -> list[ShownGoal]:
    """The goals that serve no other, each with what is below it."""
    goals = list(programme.goals.select_related("programme").prefetch_related("contributions__activity"))
    served = {goal.pk: served_by(goal, position=position, as_of=as_of) for goal in goals}

    def shown(goal: Goal) -> ShownGoal:
        return ShownGoal(
            goal,
            [shown(one) for one in goals if one.serves_id == goal.pk],
            [one for one in targets if one.target.goal_id == goal.pk],
            served[goal.pk],
        )

    return [shown(goal) for goal in goals if goal.serves_id is None]


def served_by(goal: Goal, *, position: int, as_of: date | None) -> str:
    """How many activities of the goal's kinds the programme's years saw, counted as figures are, and of those named."""
    named = _named(goal, position)
    said = [_of_kinds(goal, position, as_of), _of_named(named) if named else ""]
    return " ".join(one for one in said if one)


def _named(goal: Goal, position: int) -> int:
    """How many of the activities that are named, beyond the goal's kinds, are in the books and count."""
    activities = [one.activity for one in goal.contributions.all() if one.activity.kind not in goal.kinds]
    if not activities:
        return 0
    standing = ledger.standing_of([one.source for one in activities], position=position)
    return sum(any(_counts(fact) for fact in facts) for facts in standing.values())


def _counts(fact: Fact) -> bool:
    return fact.standing == Standing.VALIDATED and fact.outcome in (Outcome.ONGOING, Outcome.COMPLETED)


def _of_named(count: int) -> str:
    said = ngettext("%(number)s named activity serves it too.", "%(number)s named activities serve it too.", count)
    return said % {"number": number(count)}


def _of_kinds(goal: Goal, position: int, as_of: date | None) -> str:
    if not goal.kinds:
        return ""
    programme = goal.programme
    definition = _definition(goal)
    result = figures.value(definition, between(programme.starts, programme.ends), position=position, on=as_of)
    count = int(result.value)
    said = ngettext(
        "%(number)s activity serves this: %(kinds)s.", "%(number)s activities serve this: %(kinds)s.", count
    )
    kinds = [_lower(str(registry.kind(code).words_many)) for code in goal.kinds]
    return said % {"number": number(count), "kinds": listed(kinds)}


def _definition(goal: Goal) -> Definition:
    """Activities of the goal's kinds, each once; as the standard figures, by the side that every such kind has."""
    sided = all(any(role.side is Side.EDUCATION for role in registry.kind(code).roles) for code in goal.kinds)
    return Definition(
        unit=Unit.ACTIVITIES,
        party=Party.ORGANISATION,
        sides=EDUCATION if sided else (),
        kinds=tuple(goal.kinds),
        programmes=(goal.programme.slug,) if goal.own_only else (),
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def panel_of(activity: Activity, reader: Visitor) -> Panel | None:
    """Which goals an activity serves, and for the programme manager the way to say so."""
    served = Goal.objects.filter(contributions__activity=activity).select_related("programme")
    links = [
        Link(f"{reverse('programme', args=[one.programme.slug])}#{one.slug}", str(Words.from_dict(one.text)))
        for one in served
    ]
    if may(reader, "programmes.change"):
        links.append(Link(reverse("activity-goals", args=[activity.pk]), _("Say which goals it serves")))
    if not links:
        return None
    return Panel(
        heading=_("Goals it serves"), nothing="" if served else _("None beyond those of its kind."), links=links
    )
