"""Words that people write in spreadsheets for statuses, outcomes and kinds of evidence, in three languages."""

from collections.abc import Mapping
from typing import TypeVar

from samtall.activities.kind import Evidence, Kind, Role
from samtall.activities.models import Activity, Participation
from samtall.activities.registry import kinds
from samtall.activities.vocabulary import EVIDENCE
from samtall.base.text import search_key
from samtall.imports.columns import heading_key

State = Activity.State
Outcome = Participation.Outcome
Meaning = TypeVar("Meaning", bound=str)

STATUS_WORDS: dict[State, tuple[str, ...]] = {
    State.PLANNED: ("planlagt", "planlagd", "planned", "ikke startet", "ikkje starta", "ikkje byrja", "not started"),
    State.RUNNING: (
        *("pågår", "pågående", "pågåande", "løpende", "løpande", "i gang", "startet", "starta"),
        *("running", "ongoing", "started", "in progress"),
    ),
    State.COMPLETED: (
        *("gjennomført", "gjennomførd", "fullført", "fullførd", "avsluttet", "avslutta", "ferdig", "holdt", "halden"),
        *("completed", "done", "finished", "held"),
    ),
    State.ABORTED: ("avbrutt", "avbroten", "avbrote", "stanset", "stansa", "aborted", "stopped"),
    State.CANCELLED: ("avlyst", "kansellert", "cancelled", "canceled"),
}
OUTCOME_WORDS: dict[Outcome, tuple[str, ...]] = {
    Outcome.TAKING_PART: ("deltar", "deltek", "påmeldt", "påmeld", "taking part", "registered"),
    Outcome.COMPLETED: (
        *("møtt", "møtte", "deltok", "fullført", "fullførte", "ja", "x", "til stede", "til stades"),
        *("attended", "completed", "present", "yes"),
    ),
    Outcome.DROPPED_OUT: (
        *("sluttet", "slutta", "falt fra", "falle frå", "frafalt", "avbrutt", "avbroten"),
        *("dropped out", "left"),
    ),
    Outcome.NO_SHOW: (
        *("ikke møtt", "ikkje møtt", "møtte ikke", "møtte ikkje", "uteblitt", "nei", "ikke til stede"),
        *("ikkje til stades", "no-show", "no show", "absent", "did not attend", "no"),
    ),
}
EVIDENCE_WORDS: dict[Evidence, tuple[str, ...]] = {
    Evidence.AGREEMENT: ("kontrakt", "avtalebrev", "samarbeidsavtale", "praksisavtale", "contract"),
    Evidence.ATTENDANCE_LIST: ("oppmøteliste", "oppmøte", "deltagerliste", "fremmøteliste", "frammøteliste"),
    Evidence.CONFIRMATION: ("bekreftet", "stadfesta", "e-post", "epost", "brev", "confirmed"),
    Evidence.MINUTES: ("møtereferat", "protokoll"),
    Evidence.REGISTER_EXTRACT: ("register", "utskrift", "aa-registeret"),
}


def kind_of(text: str) -> Kind | None:
    """The kind that a word means in any language, in singular or plural."""
    key = heading_key(text)
    for kind in kinds():
        words = [kind.code, *kind.words.as_dict().values(), *kind.words_many.as_dict().values(), *kind.headings]
        if key in {heading_key(word) for word in words}:
            return kind
    return None


def state_of(text: str) -> State | None:
    """The state that a status means."""
    return _meaning(text, STATUS_WORDS)


def outcome_of(text: str) -> Outcome | None:
    """How it went for somebody."""
    return _meaning(text, OUTCOME_WORDS)


def evidence_kind_of(text: str) -> Evidence | None:
    """The kind of evidence that a text says, or begins with."""
    key = search_key(text)
    for kind, words in EVIDENCE.items():
        for word in (kind.value, *words.as_dict().values(), *EVIDENCE_WORDS[Evidence(kind)]):
            if key.startswith(word.casefold()):
                return Evidence(kind)
    return None


def role_of(text: str, kind: Kind) -> Role | None:
    """The role of a kind that a word means."""
    key = heading_key(text)
    for role in kind.roles:
        if key in {heading_key(word) for word in (role.code, *role.words.as_dict().values(), *role.headings)}:
            return role
    return None


def listed(words: Mapping[Meaning, tuple[str, ...]]) -> str:
    """The first word of each meaning, for a message."""
    return ", ".join(each[0] for each in words.values())


def _meaning(text: str, words: Mapping[Meaning, tuple[str, ...]]) -> Meaning | None:
    key = search_key(text)
    return next((meaning for meaning, written in words.items() if key == meaning or key in written), None)
