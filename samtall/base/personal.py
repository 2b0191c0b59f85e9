"""What a room says of the personal data that it keeps: read by the privacy notice, the record of processing activities,
"what we hold about you", erasure and retention.

A room has its declarations in `personal.py`, as `PROCESSING`, and is named in `settings.PERSONAL_DATA`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from samtall.base.text import Words


@dataclass(frozen=True)
class Subject:
    """Somebody, by all that we know them as.

    `names` are theirs alone among those we know; `shared_names` somebody else has too, so that text which holds one is
    about them only where it is tied to them. `users` and `people` are ids, `keys` those that the ledger counts (R5).
    """

    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    shared_names: frozenset[str] = frozenset()
    users: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    keys: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.emails or self.users or self.people)

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for in text that anybody may have written, the longest first."""
        return tuple(sorted(self.emails | self.names, key=lambda word: (-len(word), word)))

    @property
    def words_of_their_own(self) -> tuple[str, ...]:
        """What to look for in text that is tied to them."""
        return tuple(sorted({*self.words, *self.shared_names}, key=lambda word: (-len(word), word)))


class Signed(Protocol):
    """Who does it, as the accounts write them."""

    @property
    def signature(self) -> str: ...


@dataclass(frozen=True)
class Held:
    """One thing that we hold about somebody: what it is, when it came to be, and what it says."""

    what: str
    values: Sequence[tuple[str, str]]
    when: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Address:
    """Where an e-mail address stands, and the field beside it, if any, with the name of whose it is."""

    model: str
    field: str
    name: str = ""


@dataclass(frozen=True)
class Text:
    """Free text of a model, or data with text in it, that may name somebody.

    `tied` is the look-up from the model to the random keys of those whom it is about.
    """

    model: str
    fields: tuple[str, ...]
    tied: str = ""


@dataclass(frozen=True)
class Limit:
    """How long something is kept: the days of a setting, after `since`, which `waiting` gives each row.

    `end` erases rows by id, in a transaction. Without it the room's own job does; with `people` they are people, who
    are erased from every room.
    """

    setting: str
    waiting: Callable[[], "QuerySet[Any]"]
    end: Callable[[list[Any], datetime], None] | None = None
    people: bool = False

    @property
    def days(self) -> int:
        return int(getattr(settings, self.setting))


def nothing_held(_subject: Subject) -> list[Held]:
    """For what cannot be found by person."""
    return []


def nothing_to_do(_subject: Subject, *, by: Signed, at: datetime) -> None:
    """For what only has text, which is struck out for every room alike."""


@dataclass(frozen=True)
class Processing:
    """One processing of personal data, as article 30 of the regulation asks for it.

    `fields` are all the fields that hold personal data, model by model; `emails` and `texts` say how they are found.
    `erase` takes `by` and `at`; it is called in a transaction, and leaves every figure as it was (R5).
    """

    code: str
    words: Words
    purpose: Words
    basis: Words
    whose: Words
    data: Words
    seen_by: Words
    kept: Words
    fields: Mapping[str, tuple[str, ...]]
    held: Callable[[Subject], list[Held]] = nothing_held
    erase: Callable[..., None] = nothing_to_do
    emails: tuple[Address, ...] = ()
    texts: tuple[Text, ...] = ()
    limit: Limit | None = field(default=None)

    @property
    def kept_words(self) -> str:
        """How long, with the number of days in it."""
        return str(self.kept) % ({"days": self.limit.days} if self.limit else {})


def declared() -> list[Processing]:
    """Every processing, in the order of the settings."""
    return [one for name in settings.PERSONAL_DATA for one in import_string(f"{name}.PROCESSING")]


#: A public body's task, the basis of nearly all that is done here (article 6, 1 e).
PUBLIC_TASK = Words(
    "Oppgave i allmennhetens interesse: personvernforordningen artikkel 6 nr. 1 bokstav e.",
    "Oppgåve i allmenta si interesse: personvernforordninga artikkel 6 nr. 1 bokstav e.",
    "A task in the public interest: the General Data Protection Regulation, article 6 (1) (e).",
)
SECURITY_DUTY = Words(
    "Rettslig plikt til å sikre opplysningene og vise hvem som har gjort hva: artikkel 6 nr. 1 bokstav c, jf. 32.",
    "Rettsleg plikt til å sikre opplysningane og vise kven som har gjort kva: artikkel 6 nr. 1 bokstav c, jf. 32.",
    "A legal duty to keep the data secure and to show who has done what: article 6 (1) (c), see 32.",
)
