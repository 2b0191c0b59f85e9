"""Which organisation a sender means, from what the business register tells everybody; never from whom we work with.

What only we have written down is left out: names somebody once wrote, and units that no extract of the register has.
Before the whole register is loaded nothing is suggested, for then what we have is whom we work with.
"""

from collections.abc import Iterable

from samtall.activities.finding import Party, find_party, open_ones, parties_of, register_is_open, search
from samtall.parties.matching import Sought, find_one
from samtall.parties.models import Establishment
from samtall.places.queries import names_of_codes

#: How many are suggested while somebody writes, and how many are asked about.
MOST, MOST_ASKED = 8, 5


def suggested(text: str) -> list[Party]:
    """Whom somebody may be about to write."""
    return open_ones(search(text, most=2 * MOST))[:MOST] if register_is_open() else []


def likely(text: str) -> list[Party]:
    """Whom somebody may mean who has written a name; nobody where it is clear already, or nothing resembles it."""
    if not register_is_open() or find_party(text).party:
        return []
    found = [one for one in find_one(Sought(text)).candidates if all(r.code != "written_before" for r in one.reasons)]
    return open_ones(parties_of(found))[:MOST_ASKED]


def details_of(party: Party, places: dict[str, str]) -> str:
    """What tells it from others of the same name: the organisation of a work site, and the municipality."""
    latest = max(party.attributes.all(), key=lambda row: row.valid_from, default=None)
    owner = party.organisation.name if isinstance(party, Establishment) else ""
    return ", ".join(filter(None, (owner, places.get(latest.municipality, "") if latest else "")))


def with_details(parties: Iterable[Party]) -> list[tuple[Party, str]]:
    places = names_of_codes()
    return [(one, details_of(one, places)) for one in parties]
