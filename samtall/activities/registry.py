"""The kinds of activity that this installation knows, in the order of `settings.KINDS`."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import cast

from django.conf import settings
from django.utils.translation import gettext as _

from samtall.activities.kind import Kind
from samtall.activities.refusals import UnknownKind
from samtall.activities.vocabulary import EVIDENCE, FAMILIES, OUTCOMES, UNITS
from samtall.base.text import Words
from samtall.ledger import vocabulary
from samtall.ledger.facts import Side

LONGEST_CODE = 40


class WrongDeclaration(Exception):
    """A kind's declaration breaks a rule of kinds; the message names the kind and the rule."""


def kinds() -> tuple[Kind, ...]:
    return _loaded(tuple(settings.KINDS))


def kind(code: str) -> Kind:
    """The kind with this code. Raises UnknownKind."""
    for one in kinds():
        if one.code == code:
            return one
    raise UnknownKind(_("There is no kind of activity called “%(code)s”.") % {"code": code})


@lru_cache(maxsize=8)
def _loaded(paths: tuple[str, ...]) -> tuple[Kind, ...]:
    loaded = tuple(_declared(path) for path in paths)
    check_declarations(loaded)
    _register_words(loaded)
    return loaded


def _declared(path: str) -> Kind:
    """The KIND of a folder; of one that keeps data of its own in its `kind`, for Django reads the folder too early."""
    declared = getattr(import_module(path), "KIND", None) or import_module(f"{path}.kind").KIND
    return cast("Kind", declared)


def check_declarations(declared: Sequence[Kind]) -> None:
    """Raise WrongDeclaration at the first kind that breaks a rule, before anything is recorded by it."""
    _check_codes("kinds", [one.code for one in declared])
    words_of_roles: dict[str, Words] = {}
    for one in declared:
        _check_kind(one)
        for code, words in _role_words(one):
            if words_of_roles.setdefault(code, words) != words:
                raise WrongDeclaration(f"{one.code}: the role {code} has other words than in another kind")


def _check_kind(one: Kind) -> None:
    _check_codes(f"{one.code}: roles", [role.code for role in one.roles])
    _check_codes(f"{one.code}: fields", [field.code for field in one.fields])
    _check_codes(f"{one.code}: stages", [stage.code for stage in one.stages])
    _check_codes(f"{one.code}: milestones", [milestone.code for milestone in one.milestones])
    for stage in one.stages:
        if stage.decided_by and stage.decided_by not in {role.code for role in one.roles}:
            raise WrongDeclaration(f"{one.code}: {stage.code} is decided by a role it does not have")
    for words in _all_words(one):
        if not all(text.strip() for text in words.as_dict().values()):
            raise WrongDeclaration(f"{one.code}: words are missing in a language: {words}")
    if not one.evidence:
        raise WrongDeclaration(f"{one.code}: no evidence is accepted, so nothing could ever be validated (R15)")
    sides = {role.side for role in one.roles if role.counted}
    if one.together and not sides >= {Side.EDUCATION, Side.OUTSIDE}:
        raise WrongDeclaration(f"{one.code}: needs a role on the education side and one outside (R6)")


def _check_codes(what: str, codes: Sequence[str]) -> None:
    if len(set(codes)) != len(codes):
        raise WrongDeclaration(f"{what}: a code is used twice: {', '.join(codes)}")
    for code in codes:
        if not (code.isascii() and code.isidentifier() and code == code.lower() and len(code) <= LONGEST_CODE):
            raise WrongDeclaration(f"{what}: {code!r} is not lower-case letters, digits and _, at most {LONGEST_CODE}")


def _all_words(one: Kind) -> Iterable[Words]:
    yield from (one.words, one.words_many, one.description, one.minimum)
    yield from (words for _, words in _role_words(one))
    if one.wish:
        yield one.wish
    yield from (words for stage in one.stages for words in (stage.words, stage.help))
    yield from (milestone.words for milestone in one.milestones)
    yield from (season.words for season in one.seasons)
    if one.deed:
        yield one.deed
    for field in one.fields:
        yield field.words
        yield from (words for _, words in field.choices)
        if field.help:
            yield field.help


def _role_words(one: Kind) -> list[tuple[str, Words]]:
    roles: list[tuple[str, Words]] = [(role.code, role.words) for role in one.roles]
    return roles + [(role.code, role.words) for role in one.fact_roles]


def _register_words(loaded: Sequence[Kind]) -> None:
    """Give the codes that the ledger will hold their words, for those who read it."""
    for dimension, words in (("family", FAMILIES), ("evidence", EVIDENCE), ("unit", UNITS), ("outcome", OUTCOMES)):
        for code, expression in words.items():
            vocabulary.register(dimension, code, expression)
    for one in loaded:
        vocabulary.register("kind", one.code, one.words)
        vocabulary.register("kind_many", one.code, one.words_many)
        for code, expression in _role_words(one):
            vocabulary.register("role", code, expression)
