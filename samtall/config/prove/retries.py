"""What is sent again does not act again: twice, by several at once, and after a cut connection."""

import json
import random
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.test import Client, override_settings
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity, Evidence
from samtall.api.operations import make_key
from samtall.api.scopes import SCOPES
from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove.form import ADDRESS, fetched, make_form, solved
from samtall.config.prove.people import make_cast
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.config.prove.served import Sent, Served, served
from samtall.confirmations import operations as confirmations
from samtall.imports import operations as imports
from samtall.imports.models import Import
from samtall.inquiries import protection
from samtall.inquiries.models import Inquiry
from samtall.inquiries.tokens import FormToken, read_form_token
from samtall.mail.models import Letter
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
AT_ONCE = 4


@dataclass
class Tried:
    """Something that may be sent again: what is sent, and how many things came of it."""

    sent: Sent
    came_of_it: Callable[[], int]
    again: Sent | None = None


@dataclass
class Found:
    sent: int = 0
    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass
class Sender:
    """Makes one of each sort to send."""

    user: User
    company: Organisation
    secret: str
    session: dict[str, str]

    def form(self) -> Tried:
        token = fetched()
        said = {
            "organisation": "Bø Bygg",
            "contact_name": "Kari",
            "email": f"k{token.key[:8]}@bobygg.example",
            "description": "Noe",
            "reply_language": "nb",
            "notice": "on",
            "token": token.signed(),
            "proof": solved(token),
        }
        sent = Sent("POST", ADDRESS, urlencode(said).encode(), FORM)
        return Tried(sent, Inquiry.objects.filter(email=said["email"]).count)

    def call(self) -> Tried:
        title = uuid.uuid4().hex
        said = {"kind": "course", "title": title, "from_day": "2017-01-10", "details": {"hours": 8}}
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.secret}",
            "Idempotency-Key": title,
        }
        sent = Sent("POST", "/api/v1/activities", json.dumps(said).encode(), headers)
        return Tried(sent, Activity.objects.filter(title=title).count)

    def import_(self) -> Tried:
        """The same file has been uploaded twice, and each preview is started."""
        title = uuid.uuid4().hex
        sheet = (
            "Slag;Tittel;Fra;Virksomhet;Organisasjonsnummer\n"
            f"Gjesteforelesning;{title};10.01.2017;Bø Bygg AS;974760673\n"
        ).encode()
        kept = [imports.upload(sheet, file_name="a.csv", by=self.user, at=clock.now()) for _ in range(2)]
        for one in kept:
            imports.plan(one, by=self.user, at=clock.now())
        first, second = (
            Sent("POST", reverse("import-start", args=[one.pk]), urlencode(self._key()).encode(), FORM | self.session)
            for one in kept
        )

        def saved() -> int:
            for one in Import.objects.filter(pk__in=[one.pk for one in kept]):
                imports.run_to_end(one, by=self.user, now=clock.now)
            return Activity.objects.filter(title=title).count()

        return Tried(first, saved, again=second)

    def confirmation(self) -> Tried:
        said: dict[str, Any] = {"by": self.user, "at": clock.now()}
        lecture = activities.record("guest_lecture", title="Fjell", starts=date(2017, 1, 10), state="completed", **said)
        part = activities.add_participation(lecture, role="lecturer", organisation=self.company, **said)
        confirmations.ask(part, address=f"{uuid.uuid4().hex[:12]}@bygg.example", language="nb", **said)
        letter = Letter.objects.filter(purpose="confirmation").latest("pk")
        path = next(iter(re.findall(r"/bekreft/\S+", letter.text)))
        sent = Sent("POST", path, b"answer=yes", FORM)
        return Tried(sent, Evidence.objects.filter(activity=lecture).count)

    def _key(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.session["X-CSRFToken"]}


def run(trial: Trial) -> Iterator[Figure]:
    chance = random.Random(14)
    with override_settings(SECOND_FACTOR=False), _as_often_as_one_likes(), served() as server:
        make_form()
        sender = _sender()
        sorts = {
            "form": (sender.form, trial.times(500, 3)),
            "call": (sender.call, trial.times(1500, 3)),
            "import": (sender.import_, trial.times(30, 1)),
            "confirmation": (sender.confirmation, trial.times(300, 3)),
        }
        found = Found()
        for name, (make, times) in sorts.items():
            for number in range(times):
                _try(found, server, name, make(), number % 3, chance)
        yield from _figures(found)
        yield _same_key_with_another_body(server, sender, trial.times(200, 3))


def _sender() -> Sender:
    cast = make_cast()
    user = cast.users["coordinator"]
    parties.add_organisation("Høgskolen", number="313000001", at=clock.now())
    last_day = clock.today() + timedelta(days=30)
    _key, secret = make_key("prove", scopes=SCOPES, last_day=last_day, by=user, at=clock.now())
    client = Client()
    client.force_login(user)
    client.get("/")
    session, key = client.cookies["sessionid"].value, "a" * 32
    return Sender(user, cast.company, secret, {"Cookie": f"sessionid={session}; csrftoken={key}", "X-CSRFToken": key})


def _try(found: Found, server: Served, name: str, tried: Tried, way: int, chance: random.Random) -> None:
    """Twice, or by several at once, or once more after the connection was cut while the first was under way."""
    again = tried.again or tried.sent
    if way == 0:
        statuses = [server.send(tried.sent)[0], server.send(again)[0]]
    elif way == 1:
        statuses = server.send_at_once(tried.sent, AT_ONCE) + server.send_at_once(again, AT_ONCE)
    else:
        server.send_and_hang_up(tried.sent)
        statuses = [server.send(again)[0] for _ in range(chance.choice((1, 2)))]
    found.sent += len(statuses) + (way == 2)
    what = f"{name} {('twice', 'at once', 'cut')[way]}: {statuses}"
    count = tried.came_of_it()
    if count > 1:
        found.doubled.append(f"{count} × {what}")
    if count == 0:
        found.lost.append(what)
    if any(status >= 500 for status in statuses):
        found.failed.append(what)


def _same_key_with_another_body(server: Served, sender: Sender, times: int) -> Figure:
    taken = []
    for _ in range(times):
        sent = sender.call().sent
        server.send(sent)
        other = replace(sent, body=sent.body.replace(b"course", b"thesis"))
        status = server.send(other)[0]
        if status != 422:
            taken.append(str(status))
    tried = Words(*[f"{times} {word}" for word in ("kall", "kall", "calls")])
    return Figure(
        Words(
            "samme nøkkel tatt med annet innhold",
            "same nøkkelen teken med anna innhald",
            "the same key taken with another body",
        ),
        len(taken),
        tried,
        examples=taken,
    )


def _figures(found: Found) -> Iterator[Figure]:
    tried = Words(
        *[
            f"{found.sent} {word}"
            for word in ("forsøk, mange gjentatte", "forsøk, mange tekne opp att", "posts, repeated")
        ]
    )
    for what, wrong in (
        (Words("gjort to ganger", "gjorde to gonger", "done twice"), found.doubled),
        (Words("ikke gjort", "ikkje gjorde", "not done"), found.lost),
        (Words("feil hos oss", "feil hos oss", "faults of ours"), found.failed),
    ):
        yield Figure(what, len(wrong), tried, examples=wrong)


def _as_often_as_one_likes() -> AbstractContextManager[object]:
    stack = ExitStack()
    stack.enter_context(patch.object(protection, "_take", lambda *_said: True))
    stack.enter_context(patch("samtall.accounts.limits.take", lambda *_said, **_limits: True))
    return stack


def _keys_of_forms_ignored() -> AbstractContextManager[object]:
    stack = ExitStack()

    def with_new_key(text: str) -> FormToken | None:
        token = read_form_token(text)
        return token and replace(token, key=uuid.uuid4().hex)

    stack.enter_context(patch.object(protection, "read_form_token", with_new_key))
    stack.enter_context(patch.object(FormToken, "proven_by", lambda _token, _proof: True))
    return stack


def _keys_of_calls_ignored() -> AbstractContextManager[object]:
    return patch("samtall.api.views.activities.once", lambda _request, _caller, act, *, at: act())


PROOF = Proof(
    name="retries",
    promise=Words(
        "Det som sendes på nytt, gjøres ikke på nytt.",
        "Det som blir sendt på nytt, blir ikkje gjort på nytt.",
        "What is sent again is not done again.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "form", Words("skjemaets nøkkel", "nøkkelen til skjemaet", "the key of a form"), _keys_of_forms_ignored
        ),
        Weakness("call", Words("kallets nøkkel", "nøkkelen til kallet", "the key of a call"), _keys_of_calls_ignored),
    ],
)
