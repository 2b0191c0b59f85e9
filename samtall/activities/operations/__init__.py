"""What can be done with activities. Each of these is one transaction, and restates what the activity stands for."""

from samtall.activities.operations.content import (
    add_evidence,
    add_participation,
    record,
    remove_evidence,
    remove_participation,
    revise,
    revise_participation,
)
from samtall.activities.operations.identities import identify, withdraw_identification
from samtall.activities.operations.ladder import (
    return_to_draft,
    submit,
    validate,
    validate_many,
    withdraw,
    withdraw_many,
)
from samtall.activities.operations.milestones import (
    add_milestone,
    plan_milestones,
    remove_milestone,
    revise_milestone,
)
from samtall.activities.operations.stages import propose, tell
from samtall.activities.operations.states import abort, cancel, complete, drop_out, reopen, start
from samtall.activities.operations.successions import record_succession
from samtall.activities.operations.whole import (
    Part,
    Proof,
    WholeActivity,
    record_whole,
    record_wholes,
    restate_activities,
)
from samtall.activities.refusals import (
    AlreadyTakesPart,
    EvidenceMissing,
    Incomplete,
    Invalid,
    NotApproved,
    NotIndependent,
    NotStarted,
    ReasonMissing,
    UnknownKind,
    WrongState,
    WrongStep,
)

__all__ = [
    "AlreadyTakesPart",
    "EvidenceMissing",
    "Incomplete",
    "Invalid",
    "NotApproved",
    "NotIndependent",
    "NotStarted",
    "Part",
    "Proof",
    "ReasonMissing",
    "UnknownKind",
    "WholeActivity",
    "WrongState",
    "WrongStep",
    "abort",
    "add_evidence",
    "add_milestone",
    "add_participation",
    "cancel",
    "complete",
    "drop_out",
    "identify",
    "plan_milestones",
    "propose",
    "record",
    "record_succession",
    "record_whole",
    "record_wholes",
    "remove_evidence",
    "remove_milestone",
    "remove_participation",
    "reopen",
    "restate_activities",
    "return_to_draft",
    "revise",
    "revise_milestone",
    "revise_participation",
    "start",
    "submit",
    "tell",
    "validate",
    "validate_many",
    "withdraw",
    "withdraw_identification",
    "withdraw_many",
]
