"""No input gives a fault of ours, and every refusal says where and what (G16): every form and every call of the API."""

import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings

from samtall.api import invalid
from samtall.api.operations import make_key
from samtall.api.problems import Problem
from samtall.api.scopes import SCOPES
from samtall.base import clock
from samtall.base.text import LANGUAGES, Words
from samtall.config.prove import nasty
from samtall.config.prove.access_to_api import NEEDS, SAID
from samtall.config.prove.addresses import matrix
from samtall.config.prove.form import fetched
from samtall.config.prove.forms_found import FoundForm, forms_on
from samtall.config.prove.people import Cast, make_cast
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.config.prove.things import Things, make_things, path_of
from samtall.inquiries import protection
from samtall.ui.fields import ReadField

#: How long an answer may take; a small trial also holds on a machine that is busy with other things.
LONGEST_SECONDS, LONGEST_SECONDS_WHEN_BUSY = 2, 20
#: Those who may fill in most forms between them.
WRITERS = ("public", "coordinator", "validator", "programme_manager", "administrator")
#: What ends the trial's own session.
LEFT_OUT = ("sign-out", "session-end", "set-language", "api-description")
#: What is written in a field that nothing is wrong with: it must still stand there when another is refused.
KEPT = "Behald denne teksten"
UNREADABLE = (b"[" * 100_000, b'{"a":' * 500, b"9" * 5000)
PARAMETERS = ("page", "page_size", "q", "period", "as_of", "step", "kind", "group_by", "calendar", "sort", "x")


@dataclass
class Found:
    longest_seconds: int
    sent: int = 0
    failed: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    mute: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def judge(self, what: str, seconds: float, response: Any) -> None:
        self.sent += 1
        if response.status_code >= 500:
            self.failed.append(f"{response.status_code} {what}")
        if seconds > self.longest_seconds:
            self.slow.append(f"{seconds:.1f} s {what}")


def run(trial: Trial) -> Iterator[Figure]:
    chance, longest = random.Random(16), trial.times(LONGEST_SECONDS, LONGEST_SECONDS_WHEN_BUSY)
    found = Found(longest)
    with override_settings(SECOND_FACTOR=False), patch.object(protection, "_take", lambda *_said: True):
        cast = make_cast()
        users = cast.users
        things = make_things(
            reader=users["reader"],
            partner=users["partner"],
            administrator=users["administrator"],
            company=cast.company,
        )
        forms = list(_forms(cast, things))
        if trial.size == "small":
            forms = [one for one in forms if "/kontakt/" in one[1].address or "/ny" in one[1].address][:6]
        for _ in range(max(trial.times(10_000, 60) // len(forms), 1)):
            for client, form in forms:
                _fill_in(found, client, form, chance)
        yield from _figures(
            found,
            Words(f"{found.sent} utfylte skjemaer", f"{found.sent} utfylte skjema", f"{found.sent} forms filled in"),
        )
        calls = Found(longest)
        _call(calls, cast, things, chance, trial.times(40_000, 150))
        yield from _figures(calls, _tried(calls, "kall til API-et", "kall til API-et", "calls of the API"))


def _forms(cast: Cast, things: Things) -> Iterator[tuple[Client, FoundForm]]:
    """Every form of every page, once, with somebody who may fill it in."""
    seen: set[tuple[str, str]] = set()
    clients = {name: Client(raise_request_exception=False) for name in WRITERS}
    for name, client in clients.items():
        if name in cast.users:
            client.force_login(cast.users[name])
    for name, row in matrix().items():
        writer = next((one for one in WRITERS if row[one] == "ok"), None)
        if writer is None or name.split()[0] in LEFT_OUT:
            continue
        response = clients[writer].get(path := path_of(name, things))
        if response.status_code == 200 and "html" in response.get("Content-Type", ""):
            for form in forms_on(path, response.content.decode()):
                key = (form.address, ",".join(form.fields))
                if key not in seen and form.address not in ("/sprak/", "/logg-ut/"):
                    seen.add(key)
                    yield clients[writer], form


def _fill_in(found: Found, client: Client, form: FoundForm, chance: random.Random) -> None:
    """Send it with one to three fields badly filled in, in one of the languages; and take back what that did."""
    said = dict(form.fields)
    if "token" in said:
        said["token"] = fetched().signed()
    bad = chance.sample(form.writable, k=min(len(form.writable), chance.choice((1, 1, 2, 3))))
    for name in bad:
        said[name] = nasty.text(chance)
    kept = next((name for name in ("description", "title", "text") if name in said and name not in bad), "")
    if kept:
        said[kept] = KEPT
    language = chance.choice(LANGUAGES)
    client.cookies["language"] = language
    body: dict[str, Any] = {"path": form.address}
    if form.files:
        content = nasty.text(chance).encode("utf-8", "replace")
        files = {name: SimpleUploadedFile("a.csv", content) for name in form.files}
        body["data"] = {name: _sendable(value) for name, value in said.items()} | files
    else:
        body["data"] = urlencode(said, errors="surrogatepass")
        body["content_type"] = "application/x-www-form-urlencoded"
    begun = time.perf_counter()
    with transaction.atomic():
        response = client.post(**body, HTTP_ACCEPT_LANGUAGE=language)
        transaction.set_rollback(True)
    what = f"{form.address} {language} {[(name, said[name][:60]) for name in bad]!r}"
    found.judge(what, time.perf_counter() - begun, response)
    if response.status_code == 422:
        html = response.content.decode()
        if not _says_what_is_wrong(html):
            found.mute.append(what)
        if kept and KEPT not in html:
            found.lost.append(f"{kept}: {what}")


def _sendable(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _says_what_is_wrong(html: str) -> bool:
    """Whether it lists what is wrong in words, and leads to a field where one is meant; of a file, a table says it."""
    if re.search(r'role="alert".*?</div>.*?<td.*?</table>', html, re.DOTALL):
        return True
    summary = re.search(r"<ds-error-summary.*?</ds-error-summary>", html, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", summary[0], re.DOTALL) if summary else []
    texts = [re.sub(r"<[^>]+>", "", item).strip() for item in items]
    fields = re.findall(r'href="#([^"]+)"', summary[0]) if summary else []
    return bool(texts) and all(len(text) > 8 for text in texts) and all(f'id="{name}"' in html for name in fields)


def _call(found: Found, cast: Cast, things: Things, chance: random.Random, count: int) -> None:
    client, last_day = Client(raise_request_exception=False), clock.today() + timedelta(days=30)
    _key, secret = make_key("prove", scopes=SCOPES, last_day=last_day, by=cast.users["coordinator"], at=clock.now())
    operations = [(name, method) for name, needs in NEEDS.items() for method in needs]
    # of a key that may call as often as it likes
    with patch("samtall.accounts.limits.take", lambda *_said, **_limits: True):
        for number in range(count):
            name, method = operations[number % len(operations)]
            path = path_of(name, things)
            if chance.random() < 0.3:
                path = path.rpartition("/")[0] + "/" + quote(nasty.text(chance)[:200], safe="", errors="surrogatepass")
            asked = {chance.choice(PARAMETERS): nasty.text(chance)[:300] for _ in range(chance.randrange(3))}
            body = b"" if method == "GET" else _body(method, chance)
            language = chance.choice(LANGUAGES)
            headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}
            address = f"{path}?{urlencode(asked, errors='surrogatepass')}"
            begun = time.perf_counter()
            with transaction.atomic():
                response = client.generic(method, address, body, content_type="application/json", headers=headers)
                transaction.set_rollback(True)
            what = f"{method} {address[:200]} {body[:200]!r}"
            found.judge(what, time.perf_counter() - begun, response)
            if 400 <= response.status_code < 500 and not _is_a_problem(response):
                found.mute.append(f"{response.status_code} {what}")


def _body(method: str, chance: random.Random) -> bytes:
    """A body with something wrong in it: no JSON, or JSON with something else where a part should be."""
    sort = chance.random()
    if sort < 0.15:
        return chance.choice(
            (b"[" * 100_000, b'{"a":' * 500, b"9" * 5000, nasty.text(chance).encode("utf-8", "surrogatepass"))
        )
    said: dict[str, Any] = {"parts": [{"role": "provider", "number": "974760673"}], "evidence": [], "submit": False}
    said = {**said, **SAID[method]} if method == "POST" else {**SAID[method]}
    for _ in range(chance.choice((1, 1, 2))):
        said[chance.choice([*said, "x"])] = nasty.thing(chance)
    return json.dumps(said).encode("utf-8", "surrogatepass")


def _is_a_problem(response: Any) -> bool:
    if response.status_code == 404 and "html" in response["Content-Type"]:
        return True  # no address of the API
    if response["Content-Type"] != "application/problem+json":
        return False
    told = json.loads(response.content)
    return bool(told["code"] and told["detail"]) and all(one["field"] and one["detail"] for one in told["errors"])


def _tried(found: Found, nb: str, nn: str, en: str) -> Words:
    return Words(f"{found.sent} {nb}", f"{found.sent} {nn}", f"{found.sent} {en}")


def _figures(found: Found, tried: Words) -> Iterator[Figure]:
    for what, wrong in (
        (Words("feil hos oss", "feil hos oss", "faults of ours"), found.failed),
        (
            Words(
                f"svar etter mer enn {found.longest_seconds} sekunder",
                f"svar etter meir enn {found.longest_seconds} sekund",
                f"answers after {found.longest_seconds} seconds",
            ),
            found.slow,
        ),
        (
            Words(
                "avslag som ikke sier hvor og hva",
                "avslag som ikkje seier kvar og kva",
                "refusals that do not say where and what",
            ),
            found.mute,
        ),
        (Words("tekst som gikk tapt", "tekst som gjekk tapt", "text that was lost"), found.lost),
    ):
        yield Figure(what, len(wrong), tried, examples=wrong)


PROOF = Proof(
    name="input",
    promise=Words(
        "Det en skriver, kan ikke være så galt at noe svikter, og en får vite hva som er galt.",
        "Det ein skriv, kan ikkje vere så gale at noko sviktar, og ein får vite kva som er gale.",
        "Nothing that is written makes anything fail, and one is told what is wrong.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "reading",
            Words(
                "at det som ikke kan leses, avvises",
                "at det som ikkje kan lesast, blir avvist",
                "that what cannot be read is refused",
            ),
            lambda: patch.object(ReadField, "clean", lambda field, value: field.read(value)),
        ),
        Weakness(
            "saying",
            Words(
                "at API-et sier hva som er galt", "at API-et seier kva som er gale", "that the API says what is wrong"
            ),
            lambda: patch.object(invalid, "problem_of", lambda _error: Problem("H1", "")),
        ),
    ],
)
