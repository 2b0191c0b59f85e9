"""Finding figures by what they are called, what they count and who made them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from samtall.accounts.signatures import names_of
from samtall.base.text import loose
from samtall.figures import queries
from samtall.figures.models import FigureVersion
from samtall.figures.sentences import sentences

#: Who made what comes with Samtall, or was loaded with a programme.
SYSTEM = "system"


def matching(
    versions: Iterable[FigureVersion], *, words: str = "", unit: str = "", maker: str = ""
) -> list[FigureVersion]:
    """Those that have every word somewhere in their names or sentences ("o" finds "ø"), the unit, and the maker."""
    found = [
        one
        for one in versions
        if (not unit or one.definition["unit"] == unit) and (not maker or maker_of(one) == maker)
    ]
    wanted = loose(words).split()
    return [one for one in found if _says(one, wanted)] if wanted else found


def makers(versions: Sequence[FigureVersion]) -> dict[str, str]:
    """Who made these, by signature: people with their names, and Samtall itself."""
    signatures = {maker_of(one) for one in versions}
    names = names_of(signatures)
    people = sorted(((one, names[one]) for one in signatures if one in names), key=lambda pair: pair[1])
    came_with = [(SYSTEM, _("Samtall, or a programme's file"))] if SYSTEM in signatures else []
    return dict(came_with + people)


def maker_of(version: FigureVersion) -> str:
    return SYSTEM if not version.made_by.startswith("user:") else version.made_by


def _says(version: FigureVersion, wanted: Sequence[str]) -> bool:
    said = " ".join([*version.name.values(), version.figure.slug, *sentences(queries.definition_of(version))])
    return all(word in loose(said) for word in wanted)
