"""Who is erased is gone: from every byte, also after an old copy is restored, and no figure moves (G13)."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from unittest.mock import patch

from django.db import connection

from samtall.base import clock
from samtall.base.periods import year
from samtall.base.text import Words
from samtall.config.backup import back_up
from samtall.config.prove import publishing, somebody
from samtall.config.prove.copies import restored
from samtall.config.prove.proof import Figure, Proof, Trial, Weakness
from samtall.privacy import listing, operations
from samtall.privacy.searching import traces

#: What nobody else is called, so that any trace is theirs; and what all these have in common, which is looked for.
NAME, ADDRESS = "Åse Trædal{}", "ase.traedal{}@student.example.org"
WORDS = [NAME.format(""), "ase.traedal"]


def run(trial: Trial) -> Iterator[Figure]:
    people = [(_letters(number), ADDRESS.format(number)) for number in range(trial.times(500, 2))]
    region = somebody.make_region(at=clock.now())
    for number, (name, email) in enumerate(people):
        somebody.live(region, name, email, files=number < trial.times(20, 1), at=clock.now())
    editions = [publishing.publish(publishing.make_programme(at=clock.now()), "rapport", year(2017), at=clock.now())]
    figures, there = somebody.figures_now(), traces(WORDS)
    copy = trial.folder.with_name(f"{trial.folder.name}.copy")  # elsewhere, so that it is not searched
    back_up(copy)
    slowest = max(_erase(email) for _name, email in people)
    tried = Words(f"{len(people)} personer", f"{len(people)} personar", f"{len(people)} people")
    yield _left(tried, Words("steder med spor", "stader med spor", "places with a trace"))
    yield Figure(
        Words("tall som endret seg", "tal som endra seg", "figures that changed"),
        sum(before != after for before, after in zip(figures, somebody.figures_now(), strict=True)),
        Words(f"{len(figures)} tall", f"{len(figures)} tal", f"{len(figures)} figures"),
    )
    yield Figure(
        Words("publiserte tall som endret seg", "publiserte tal som endra seg", "published figures that changed"),
        len(publishing.faults(editions)),
        Words(
            f"{publishing.figures_in(editions)} publiserte tall",
            f"{publishing.figures_in(editions)} publiserte tal",
            f"{publishing.figures_in(editions)} published figures",
        ),
    )
    yield Figure(
        Words("lengste sletting", "lengste sletting", "longest erasure"), round(slowest, 2), tried, most=60, unit=" s"
    )
    after = Words(
        "steder med spor etter at en gammel kopi er lagt tilbake",
        "stader med spor etter at ein gammal kopi er lagd tilbake",
        "places with a trace after an old copy is restored",
    )
    with restored(trial, copy):
        yield _left(tried, after)
    yield Figure(
        Words(
            "letinger som ikke fant noe før",
            "leitingar som ikkje fann noko før",
            "searches that found nothing before",
        ),
        0 if there else 1,
        Words("1 leting", "1 leiting", "1 search"),
    )


def _letters(number: int) -> str:
    """A name of its own for each, in letters."""
    return NAME.format("".join("abcdefghij"[int(digit)] for digit in str(number)))


def _erase(email: str) -> float:
    begun = time.monotonic()
    somebody.erase(email, at=clock.now())
    return time.monotonic() - begun


def _left(tried: Words, what: Words) -> Figure:
    somebody.clean_up()
    found = traces(WORDS)
    return Figure(what, len(found), tried, examples=found)


def _without_the_list() -> AbstractContextManager[object]:
    return patch.object(listing, "lines", return_value=[])


def _without_striking_out() -> AbstractContextManager[object]:
    return patch.object(operations, "strike_out")


@contextmanager
def _without_cleaning() -> Iterator[None]:
    with ExitStack() as taken:
        taken.enter_context(patch.object(operations, "clean_files", return_value=True))
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = OFF")
        yield


PROOF = Proof(
    name="erasure",
    promise=Words(
        "Den som er slettet, er borte for godt, og alle tall er som før.",
        "Den som er sletta, er borte for godt, og alle tal er som før.",
        "Who is erased is gone for good, and every figure is as it was.",
    ),
    run=run,
    weaknesses=(
        Weakness(
            "list",
            Words("listen over slettinger", "lista over slettingar", "the list of erasures"),
            _without_the_list,
        ),
        Weakness(
            "text",
            Words("stryking i fritekst", "stryking i fritekst", "striking out of free text"),
            _without_striking_out,
        ),
        Weakness(
            "files",
            Words("rydding i databasens filer", "rydding i filene til databasen", "cleaning of the database's files"),
            _without_cleaning,
        ),
    ),
)
