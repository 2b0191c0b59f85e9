"""Figures as a file tells them: TOML that people read, keep under version control and take with them elsewhere.

Organisations stand by country, register and number, as ids mean nothing in another installation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samtall.base import declarations
from samtall.base.declarations import Table, UnreadableDeclaration
from samtall.base.text import LANGUAGES, Words
from samtall.figures import queries
from samtall.figures.definitions import Definition, InvalidDefinition
from samtall.figures.models import FigureVersion
from samtall.ledger import vocabulary
from samtall.parties.models import Organisation

_ORGANISATIONS = ("institutions", "partners")
_WORDED = {"kinds": "kind", "families": "family", "roles": "role"}


@dataclass(frozen=True)
class FigureText:
    """One figure of a file."""

    slug: str
    name: Words
    definition: Definition
    public: bool
    reason: str


def written(versions: Iterable[FigureVersion]) -> str:
    """These versions as a file, in the order given; the same figures are always the same text."""
    return declarations.write_text({"figures": [_as_table(version) for version in versions]})


def _as_table(version: FigureVersion) -> dict[str, Any]:
    counts = queries.definition_of(version).as_dict()
    for name in _ORGANISATIONS:
        if name in counts:
            counts[name] = _numbers(version, counts[name])
    return {
        "slug": version.figure.slug,
        "public": version.figure.public,
        "reason": version.reason,
        "name": version.name,
        "counts": counts,
    }


def _numbers(version: FigureVersion, ids: Sequence[int]) -> list[str]:
    found = Organisation.objects.in_bulk(list(ids))
    without = [one.name for one in found.values() if not one.number]
    if without:
        raise UnreadableDeclaration(
            _("“%(figure)s” names %(organisation)s, which has no number and means nothing elsewhere.")
            % {"figure": version.figure.slug, "organisation": without[0]}
        )
    return [f"{found[pk].country} {found[pk].register} {found[pk].number}" for pk in ids if pk in found]


def read(text: str, *, name: str) -> list[FigureText]:
    """The figures of a file. Raises UnreadableDeclaration with what is wrong, and where."""
    top = declarations.read_text(text, name=name)
    top.refuse_unknown(frozenset({"figures"}))
    tables = top.tables("figures")
    if not tables:
        raise UnreadableDeclaration(_("There are no figures in %(name)s.") % {"name": name})
    return [_figure(table) for table in tables]


def _figure(table: Table) -> FigureText:
    table.refuse_unknown(frozenset({"slug", "public", "reason", "name", "counts"}))
    table.table("name").refuse_unknown(frozenset(LANGUAGES))
    slug = table.get("slug", str)
    if not slug.replace("-", "").isalnum() or not slug.isascii() or slug != slug.lower() or len(slug) > 60:
        raise UnreadableDeclaration(
            _("“%(slug)s” in %(where)s: write small letters a–z, digits and hyphens, at most 60.")
            % {"slug": slug[:80], "where": table.where}
        )
    return FigureText(
        slug=slug,
        name=table.words("name"),
        definition=_definition(table.table("counts")),
        public=table.get("public", bool, False),
        reason=table.get("reason", str, "")[:300],
    )


def _definition(table: Table) -> Definition:
    counts = dict(table.values)
    for name in _ORGANISATIONS:
        if name in counts:
            counts[name] = [_organisation(text, table) for text in table.texts(name)]
    for name, dimension in _WORDED.items():
        known = vocabulary.codes(dimension)
        for code in table.texts(name):
            if code not in known:
                raise UnreadableDeclaration(
                    _("“%(code)s” in %(where)s is not known here. There are: %(known)s.")
                    % {"code": code, "where": table.where, "known": ", ".join(dict.fromkeys(known))}
                )
    try:
        return Definition.from_dict(counts)
    except (InvalidDefinition, TypeError) as error:
        raise UnreadableDeclaration(f"{table.where}: {error}") from None


def _organisation(text: str, table: Table) -> int:
    country, _space, rest = text.partition(" ")
    register, _space, number = rest.partition(" ")
    found = Organisation.objects.filter(country=country, register=register, number=number).first()
    if not number or found is None:
        raise UnreadableDeclaration(
            _("“%(text)s” in %(where)s is no organisation here. Add it first, or leave it out.")
            % {"text": text, "where": table.where}
        )
    return found.pk
