"""The contact form takes people and stops robots, with nobody's help (G19)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.core import signing
from django.test import Client

from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove.form import fetched, make_form, send, solved
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.inquiries import protection
from samtall.inquiries.forms import TRAP
from samtall.inquiries.models import Inquiry
from samtall.inquiries.tokens import FormToken
from samtall.mail.models import Letter

Robot = Callable[[int], object]


def _blind(number: int) -> object:
    """Knows the fields, and has not fetched the form."""
    return send("", network=_network(number))


def _forging(number: int) -> object:
    """Signs a token of its own."""
    value = ["naeringsliv", f"{number:032x}", 1]
    token = signing.dumps(value, key="guessed", salt="inquiries.form")
    return send(token, network=_network(number))


def _stale(number: int) -> object:
    """Uses a form that it fetched the day before yesterday."""
    token = fetched(clock.now() - timedelta(hours=25))
    return send(token, network=_network(number), proof=solved(token))


def _greedy(number: int) -> object:
    """Fills in every field, also the one that people do not see."""
    token = fetched()
    return send(token, network=_network(number), proof=solved(token), **{TRAP: "https://spam.example"})


def _hasty(number: int) -> object:
    """Sends what it has just fetched."""
    token = fetched(clock.now())
    return send(token, network=_network(number), proof=solved(token))


def _guessing(number: int) -> object:
    """Does not do the work."""
    return send(fetched(), network=_network(number), proof=str(-1 - number))


def _repeating(_number: int, kept: list[tuple[FormToken, str]] = []) -> object:  # noqa: B006 - it has one for good
    """Does the work once, and sends again and again."""
    if not kept:
        kept.append((token := fetched(), solved(token)))
    token, proof = kept[0]
    return send(token, network="198.51.100.1", proof=proof, description="Kjøp!")


def _patient(number: int) -> object:
    """Does all that a browser does, from one place."""
    token = fetched()
    return send(token, network="198.51.100.2", proof=solved(token), email=f"c{number}@victim.example")


def _many_headed(number: int) -> object:
    """The same, from a new place each time."""
    token = fetched()
    return send(token, network=_network(number), proof=solved(token), email=f"a{number}@victim.example")


def _without_scripts(number: int) -> object:
    """Makes us write to strangers."""
    return send(fetched(), network=f"203.0.113.{number % 250}", email=f"b{number}@victim.example")


#: How many of each in a full trial and in a small one: those that give themselves away, and those that do not.
CLUMSY: dict[Robot, tuple[int, int]] = {
    _blind: (1500, 1),
    _forging: (1000, 1),
    _stale: (1000, 1),
    _greedy: (1500, 1),
    _hasty: (1000, 1),
    _guessing: (1000, 1),
}
CLEVER: dict[Robot, tuple[int, int]] = {
    _repeating: (1000, 3),
    _patient: (500, 11),
    _many_headed: (1000, 12),
    _without_scripts: (500, 3),
}
MOST_STORED = 20
#: What the robots of one network can make us write within an hour; no address gets more than five.
MOST_LETTERS = 60


def run(trial: Trial) -> Iterator[Figure]:
    make_form()
    clumsy = _sent(CLUMSY, trial)
    stored = Inquiry.objects.count()
    yield Figure(
        Words("lagret", "lagra", "stored"),
        stored,
        Words(
            f"{clumsy} forsøk fra roboter som røper seg",
            f"{clumsy} forsøk frå robotar som røper seg",
            f"{clumsy} posts of robots that give themselves away",
        ),
    )
    clever = _sent(CLEVER, trial)
    tried = Words(
        f"{clumsy + clever} forsøk fra roboter",
        f"{clumsy + clever} forsøk frå robotar",
        f"{clumsy + clever} posts of robots",
    )
    yield Figure(Words("lagret", "lagra", "stored"), Inquiry.objects.count(), tried, most=MOST_STORED)
    yield Figure(
        Words(
            "brev til fremmede fra ett nettverk",
            "brev til framande frå eitt nettverk",
            "letters to strangers from one network",
        ),
        Letter.objects.filter(to__startswith="b", purpose="confirm").count(),
        tried,
        most=MOST_LETTERS,
    )
    yield _people(trial.times(500, 3))


def _sent(robots: dict[Robot, tuple[int, int]], trial: Trial) -> int:
    count = 0
    for robot, times in robots.items():
        for number in range(trial.times(*times)):
            robot(number)
            count += 1
    return count


def _network(number: int) -> str:
    return f"10.{number // 250}.{number % 250}.1"


def _people(count: int) -> Figure:
    """At the worst of times: when robots have used up what is taken directly."""
    refused = [told for number in range(count) if (told := _person(number))]
    return Figure(
        Words("avvist", "avviste", "refused"),
        len(refused),
        Words(
            f"{count} personer uten JavaScript, med gammel telefon, med skjermleser",
            f"{count} personar utan JavaScript, med gammal telefon, med skjermlesar",
            f"{count} people without JavaScript, with an old phone, with a screen reader",
        ),
        examples=refused,
    )


def _person(number: int) -> str:
    """What went wrong for one person, at home; each fifth sits with nine others behind one address, as in a school."""
    network = f"172.16.{number // 50}.1" if number % 5 == 0 else f"172.{20 + number // 250}.{number % 250}.1"
    sort, address = ("no scripts", "old phone", "screen reader")[number % 3], f"person{number}@bobygg.example"
    minutes = {"no scripts": 5, "old phone": 20, "screen reader": 23 * 60}[sort]
    token = fetched(clock.now() - timedelta(minutes=minutes))
    proof = "" if sort == "no scripts" else solved(token)
    response = send(token, network=network, proof=proof, email=address)
    if response.status_code != 302:
        return f"{sort}: {response.status_code}"
    if "/e-post/" in response["Location"]:
        response = _confirmed(Letter.objects.get(to=address, purpose="confirm"), network)
    if response.status_code != 302 or not Inquiry.objects.filter(key=token.key).exists():
        return f"{sort}: not stored"
    return ""


def _confirmed(letter: Letter, network: str) -> Any:
    path = next(line for line in letter.text.splitlines() if "/kontakt/" in line).partition("/kontakt")[2]
    return Client(REMOTE_ADDR=network).post(f"/kontakt{path}")


def _without(name: str, value: object) -> Callable[[], AbstractContextManager[object]]:
    return lambda: patch.object(protection, name, value)


PROOF = Proof(
    name="spam",
    promise=Words(
        "Kontaktskjemaet tar imot mennesker og stopper roboter.",
        "Kontaktskjemaet tek imot menneske og stoppar robotar.",
        "The contact form takes people and stops robots.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "trap",
            Words("feltet bare roboter ser", "feltet berre robotar ser", "the field that only robots see"),
            _without("TRAP", "no-such-field"),
        ),
        Weakness(
            "time",
            Words("tiden det tar å skrive", "tida det tek å skrive", "the time that writing takes"),
            _without("SHORTEST_OPEN", timedelta(0)),
        ),
        Weakness(
            "age",
            Words("at et skjema blir gammelt", "at eit skjema blir gammalt", "that a form grows old"),
            _without("LONGEST_OPEN", timedelta(days=3650)),
        ),
        Weakness(
            "work",
            Words("nettleserens arbeid", "arbeidet til nettlesaren", "the work of the browser"),
            lambda: patch.object(FormToken, "proven_by", lambda _token, _proof: True),
        ),
        Weakness("limits", Words("grensene", "grensene", "the limits"), _without("_take", lambda *_said: True)),
    ],
)
