"""From what was measured of a candidate to reasons that a person can read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from samtall.parties.matching.query import Query
from samtall.parties.matching.reasons import Reason
from samtall.parties.matching.spelling import spelt

_SAME = 0.995


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says now of a candidate's organisation."""

    name: str
    form: str
    closed_on: date | None
    part_of: int | None = None


def reasons(
    query: Query, entry_name: str, until: int, same_key: int, of: Callable[[str], float], known: Known
) -> tuple[Reason, ...]:
    """Why, and why not; `of` gives a feature of comparing.FEATURES."""
    return (
        *_of_name(query, entry_name, of, known),
        *_of_kind(entry_name, until, of, known),
        *_of_place(query, of),
        *_against(query, same_key, of, known),
    )


def _of_name(query: Query, entry_name: str, of: Callable[[str], float], known: Known) -> Iterator[Reason]:
    if spelt(entry_name).text == query.spelt.text:
        form_matters = known.form and not of("site") and of("form") < 1 and query.spelt.form != known.form
        if form_matters and (query.spelt.form or known.form in ("AS", "ASA", "ANS", "DA", "SA", "BA")):
            yield Reason.of("form_missing", form=known.form)
        else:
            yield Reason.of("same_name")
        if of("form") < 0:
            yield Reason.of("form_differs", ours=query.spelt.form, theirs=known.form)
    elif of("by_initials") and of("covered") < 0.5:
        yield Reason.of("short_for", name=entry_name)
    elif of("by_name") or of("same_text"):
        yield Reason.of("other_spelling")
    elif of("sorted_ratio") >= _SAME:
        yield Reason.of("other_order")
    elif of("covered") >= _SAME and of("shared") >= _SAME:
        yield Reason.of("other_spelling")
    elif of("covered") >= _SAME:
        yield Reason.of("part_of_name", name=entry_name)
    else:
        yield Reason.of("similar_name", name=entry_name)


def _of_kind(entry_name: str, until: int, of: Callable[[str], float], known: Known) -> Iterator[Reason]:
    if until:
        yield Reason.of("former_name", name=entry_name, year=str(date.fromordinal(until).year))
    if of("site"):
        yield Reason.of("site", organisation=known.name)
    elif of("department"):
        yield Reason.of("department", organisation=known.name)


def _of_place(query: Query, of: Callable[[str], float]) -> Iterator[Reason]:
    if of("municipality") == 1:
        yield Reason.of("same_municipality")
    if of("postal_code") == 1:
        yield Reason.of("same_postal_code")
    if of("street") == 1:
        yield Reason.of("same_address")
    if of("domain") == 1:
        yield Reason.of("same_domain", domain=query.domain)
    elif query.domain and of("domain_like") >= 0.85:
        yield Reason.of("domain_like_name")


def _against(query: Query, same_key: int, of: Callable[[str], float], known: Known) -> Iterator[Reason]:
    if of("municipality") < 0:
        yield Reason.of("other_municipality")
    if same_key > 1 and of("covered") >= _SAME and of("shared") >= _SAME:
        yield Reason.of("shared_name")
    if known.closed_on and not (query.sought.on and query.sought.on <= known.closed_on):
        yield Reason.of("closed", year=str(known.closed_on.year))
    if of("numbers") == 0:
        yield Reason.of("other_numbers")
