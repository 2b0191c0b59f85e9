"""What an activity lacks on its way from proposal to approved, and by when, so that nothing is forgotten. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from samtall.activities.kind import Evidence, Kind, When
from samtall.activities.models import Activity
from samtall.activities.roles import STUDENT, SUPERVISOR
from samtall.activities.seasons import season_of
from samtall.activities.stages import APPROVED, PROPOSED
from samtall.activities.threshold import has_accepted_evidence

State, Step = Activity.State, Activity.Step


class Lack(StrEnum):
    """What may be lacking, in the order in which it is to be had."""

    SUPERVISOR = "supervisor"
    APPROVAL = "approval"
    STUDENTS = "students"
    AGREEMENT = "agreement"
    START = "start"
    MILESTONE = "milestone"
    END = "end"
    EVIDENCE = "evidence"
    SUBMISSION = "submission"


#: What is lacking only when its day has passed.
PASSING = (Lack.START, Lack.MILESTONE, Lack.END)

WORDS: dict[Lack, Any] = {
    Lack.SUPERVISOR: _("No academic supervisor"),
    Lack.APPROVAL: _("Not academically approved"),
    Lack.STUDENTS: _("No students"),
    Lack.AGREEMENT: _("No signed agreement"),
    Lack.START: _("Should have started"),
    Lack.MILESTONE: _("Milestone passed by"),
    Lack.END: _("Running past its end"),
    Lack.EVIDENCE: _("Completed without documentation"),
    Lack.SUBMISSION: _("Not sent in"),
}


@dataclass(frozen=True)
class Lacking:
    """Something lacking, and the last day on which it could be had in good time; no day: whenever it suits."""

    lack: Lack
    due: date | None

    def late(self, today: date) -> bool:
        return self.due is not None and self.due < today


def lacking(activity: Activity, kind: Kind) -> list[Lacking]:
    """What an activity lacks. Asks no database when `queries.with_what_they_have` has read what it has."""
    if activity.step == Step.WITHDRAWN or activity.state == State.CANCELLED:
        return []
    if activity.state == State.PLANNED:
        return _before(activity, kind)
    return (_during(activity, kind) if activity.state == State.RUNNING else []) + _accounts(activity, kind)


def _before(activity: Activity, kind: Kind) -> list[Lacking]:
    season = season_of(kind, activity.starts)
    deadlines = season.deadlines if season else {}
    found = [Lacking(lack, deadlines.get(lack, activity.starts)) for lack in _unprepared(activity, kind)]
    return [*found, Lacking(Lack.START, activity.starts)]


def _unprepared(activity: Activity, kind: Kind) -> list[Lack]:
    roles = {role.code for role in kind.roles}
    filled = {part.role for part in activity.participations.all()}
    words = {record.stage: record.yes for record in sorted(activity.stages.all(), key=lambda record: record.pk)}
    lacks: list[Lack] = []
    if SUPERVISOR.code in roles - filled:
        lacks.append(Lack.SUPERVISOR)
    if PROPOSED.code in words and not words.get(APPROVED.code):
        lacks.append(Lack.APPROVAL)
    if STUDENT.code in roles - filled:
        lacks.append(Lack.STUDENTS)
    if _unsigned(activity, kind):
        lacks.append(Lack.AGREEMENT)
    return lacks


def _during(activity: Activity, kind: Kind) -> list[Lacking]:
    found = [Lacking(Lack.AGREEMENT, activity.starts)] if _unsigned(activity, kind) else []
    undone = [one.due for one in activity.milestones.all() if one.done_on is None]
    if undone:
        found.append(Lacking(Lack.MILESTONE, min(undone)))
    return [*found, *([Lacking(Lack.END, activity.ends)] if activity.ends else [])]


def _accounts(activity: Activity, kind: Kind) -> list[Lacking]:
    """What is over has its evidence and is sent in; what runs may wait until then."""
    over = activity.state in (State.COMPLETED, State.ABORTED)
    ended = activity.ends or activity.starts
    found = []
    if over and activity.step != Step.VALIDATED and not has_accepted_evidence(activity.evidence.all(), kind):
        found.append(Lacking(Lack.EVIDENCE, ended))
    if over and activity.step == Step.DRAFT:
        season = season_of(kind, activity.starts)
        deadline = season.deadlines.get(Lack.SUBMISSION) if season else None
        found.append(Lacking(Lack.SUBMISSION, max(deadline or ended, ended)))
    return found


def _unsigned(activity: Activity, kind: Kind) -> bool:
    """Whether a kind whose work is agreed on beforehand has no agreement, nor anything else that would do (R15)."""
    prepared = any(stage.when is When.BEFORE for stage in kind.stages)
    return prepared and Evidence.AGREEMENT in kind.evidence and not has_accepted_evidence(activity.evidence.all(), kind)
