"""What stands on pages that a visitor may open, and is not for them: names of people, notes, addresses."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from django.test import Client

from samtall.accounts.models import User
from samtall.accounts.policy import may, scope
from samtall.activities import operations as activities
from samtall.activities import showing
from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove.people import Cast
from samtall.config.prove.proof import Figure, Weakness
from samtall.config.prove.things import Things, path_of
from samtall.inquiries import operations as inquiries
from samtall.parties import operations as parties

PARTICIPANT, STUDENT, SUPERVISOR = "Skjult Deltakar", "Skjult Student", "Skjult Rettleiar"
NOTE, ADDRESS = "Skjult merknad", "k@eksempel.no"
#: What is written where, and the permission without which it is read nowhere.
SECRETS = {
    PARTICIPANT: "people.read",
    STUDENT: "people.read",
    SUPERVISOR: "people.read",
    NOTE: "inquiries.read",
    ADDRESS: "inquiries.read",
    "kari@bakeri.example": "letters.handle",
    "new@samtall.example": "accounts.read",
}
#: The same about another organisation, for those whose role is held at one.
OTHERS_SECRETS = {"new2@samtall.example": "accounts.read", "other@samtall.example": "accounts.read"}
#: Whoever has the link is who it was sent to.
OPENED_BY_A_LINK = ("contact-case", "contact-receipt", "contact-confirm", "confirm", "invitation")


def figures(
    rows: dict[str, dict[str, str]], cast: Cast, visitors: dict[str, Client], things: Things
) -> Iterator[Figure]:
    _write_secrets(things, by=cast.users["coordinator"])
    leaks, probes = [], 0
    for visitor, client in visitors.items():
        user = cast.users.get(visitor)
        hidden = [secret for secret, permission in SECRETS.items() if user is None or not scope(user, permission)]
        hidden += [secret for secret, permission in OTHERS_SECRETS.items() if user is None or not may(user, permission)]
        for name, row in rows.items():
            if row.get(visitor) == "ok" and name.split()[0] not in OPENED_BY_A_LINK:
                text = _text_of(client.get(path_of(name, things)))
                probes += len(hidden)
                leaks += [f"{visitor}: {path_of(name, things)}: {secret}" for secret in hidden if secret in text]
    tried = Words(*(f"{probes} {word}" for word in ("felt på sider", "felt på sider", "fields on pages")))
    what = Words("felt som vises for andre", "felt som blir viste for andre", "fields shown to others")
    yield Figure(what, len(leaks), tried, examples=leaks)


def _write_secrets(things: Things, *, by: User) -> None:
    said: dict[str, Any] = {"by": by, "at": clock.now()}
    for activity, role, name in (
        (things.activity, "participant", PARTICIPANT),
        (things.thesis, "student", STUDENT),
        (things.thesis, "supervisor", SUPERVISOR),
    ):
        person = parties.add_person(name, organisation=things.organisation)
        activities.add_participation(activity, role=role, person=person, **said)
    inquiries.note(things.inquiry, NOTE, **said)


def _text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode(errors="replace"))


def _names_for_everybody() -> AbstractContextManager[object]:
    return patch.object(showing, "reaches", lambda *_asked: True)


WEAKNESS = Weakness(
    "names",
    Words("at navn skjules for noen", "at namn blir skjulte for nokon", "that names are hidden from some"),
    _names_for_everybody,
)
