"""Who has an account, and what there is, cannot be found out by asking (G21)."""

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from unittest.mock import patch

from django.core.mail import EmailMessage
from django.test import Client, override_settings

from samtall.accounts import letters
from samtall.accounts import operations as accounts
from samtall.base import clock
from samtall.base.text import Words
from samtall.config.prove.mailbox import mailbox
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness

SIGN_IN = "/logg-inn/"
#: How many milliseconds apart the medians may be; few attempts on a busy machine say less.
MOST_MILLISECONDS, MOST_OF_FEW = 5, 30
#: So many first attempts are not measured.
WARM_UP = 5


def run(trial: Trial) -> Iterator[Figure]:
    times = trial.times(400, 12)
    for number in range(times):
        accounts.create_user(f"known{number:03d}@samtall.example", "Kari", at=clock.now())
    # a mail server takes longer to answer than what may be seen in how long a page takes
    most = trial.times(MOST_MILLISECONDS, MOST_OF_FEW)
    with mailbox(seconds=2 * most / 1000) as letters_out:
        yield from _compared(times, most)
        letters_out.await_letters(times + WARM_UP)
        written_to = {str(message["To"]) for message in letters_out.received}
    yield Figure(
        Words("som ikke fikk koden sin", "som ikkje fekk koden sin", "who did not get their code"),
        times - len(written_to),
        Words(f"{times} med tilgang", f"{times} med tilgang", f"{times} with access"),
    )


def _compared(times: int, most: int) -> Iterator[Figure]:
    """Addresses with and without access, in turn, so that a machine that grows busy slows both."""
    seconds: dict[str, list[float]] = {"known": [], "other": []}
    answers: dict[str, set[bytes]] = {"known": set(), "other": set()}
    for number in range(-WARM_UP, times):
        for sort in ("known", "other") if number % 2 else ("other", "known"):
            took, answer = _ask(f"{sort}{max(number, 0):03d}@samtall.example", f"10.{number % 200}.{len(sort)}.1")
            if number >= 0:
                seconds[sort].append(took)
                answers[sort].add(answer)
    tried = Words(f"{times} + {times} forsøk", f"{times} + {times} forsøk", f"{times} + {times} attempts")
    apart = abs(statistics.median(seconds["known"]) - statistics.median(seconds["other"]))
    yield Figure(
        Words(
            "forskjell i svartid mellom adresser med og uten tilgang, median",
            "skilnad i svartid mellom adresser med og utan tilgang, median",
            "difference in time between addresses with and without access, median",
        ),
        round(apart * 1000, 2),
        tried,
        most=most,
        unit=" ms",
    )
    different = answers["known"] ^ answers["other"]
    yield Figure(
        Words("svar som skiller dem", "svar som skil dei", "answers that tell them apart"),
        len(different),
        tried,
        examples=[answer[:100].decode(errors="replace").strip() for answer in different],
    )


def _ask(address: str, network: str) -> tuple[float, bytes]:
    """Ask for a code: how long it took, and all that was answered, but for what is new each time."""
    client = Client(REMOTE_ADDR=network)
    begun = time.perf_counter()
    response = client.post(SIGN_IN, {"email": address})
    took = time.perf_counter() - begun
    page = client.get(response["Location"]) if response.status_code == 302 else response
    told = b"\n".join([str(response.status_code).encode(), response.get("Location", "").encode(), page.content])
    told = told.replace(address.encode(), b"ADDRESS")
    return took, re.sub(rb'(name="csrfmiddlewaretoken" value=|"nonce-)"?[^"]+"', b"", told)


def _send_at_once(message: EmailMessage) -> None:
    message.send()


def _letters_sent_while_they_wait() -> AbstractContextManager[object]:
    return patch.object(letters, "post", _send_at_once)


def _different_answers() -> AbstractContextManager[object]:
    return override_settings(ACCOUNT_PREVENT_ENUMERATION=False)


PROOF = Proof(
    name="probing",
    promise=Words(
        "Ingen kan finne ut hvem som har tilgang ved å prøve seg fram.",
        "Ingen kan finne ut kven som har tilgang ved å prøve seg fram.",
        "Nobody finds out who has access by trying.",
    ),
    run=run,
    weaknesses=[
        Weakness(
            "waiting",
            Words(
                "brev sendes etter at siden er vist",
                "brev blir sende etter at sida er vist",
                "letters leave after the page is shown",
            ),
            _letters_sent_while_they_wait,
        ),
        Weakness(
            "telling",
            Words("samme svar til alle", "same svaret til alle", "the same answer to everybody"),
            _different_answers,
        ),
    ],
)
