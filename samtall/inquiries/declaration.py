"""A contact form as a TOML file declares it: which questions, in what words, for whom, and who gets what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from samtall.activities import registry
from samtall.activities.kind import Kind
from samtall.base.declarations import Table, UnreadableDeclaration, read_text
from samtall.base.reading import Unreadable, read_email
from samtall.base.text import Words

#: The form that comes with Samtall.
STANDARD = Path(__file__).resolve().parent / "data" / "standard.toml"

#: What a form can ask, in the usual order, and whether it is then required.
QUESTIONS = {
    "organisation": True,
    "municipality": False,
    "contact_name": True,
    "email": True,
    "phone": False,
    "kinds": False,
    "description": True,
    "subjects": False,
    "level": False,
    "students": False,
    "period": False,
    "place": False,
    "work_language": False,
    "compensation": False,
    "confidentiality": False,
    "before": False,
    "heard": False,
    "reply_language": True,
    "notice": True,
}
#: Without these nobody could answer, or would be allowed to keep what was written.
INDISPENSABLE = ("organisation", "contact_name", "email", "description", "notice")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?|http://(?:localhost|127\.0\.0\.1)(?::[0-9]+)?")


@dataclass(frozen=True)
class Question:
    """Something the form asks. Without words of its own it has the usual ones."""

    code: str
    required: bool
    label: Words | None = None
    help: Words | None = None


@dataclass(frozen=True)
class Subject:
    code: str
    words: Words


@dataclass(frozen=True)
class Route:
    """Who gets an inquiry that fits: of one of the kinds, subjects and municipalities. An empty list fits all."""

    kinds: tuple[str, ...]
    subjects: tuple[str, ...]
    municipalities: tuple[str, ...]
    unit: str
    person: str  # the e-mail address of a user; empty: the unit shares it out itself

    def fits(self, *, kinds: Sequence[str], subjects: Sequence[str], municipality: str) -> bool:
        return (
            (not self.kinds or not set(self.kinds).isdisjoint(kinds))
            and (not self.subjects or not set(self.subjects).isdisjoint(subjects))
            and (not self.municipalities or municipality in self.municipalities)
        )


@dataclass(frozen=True)
class Declaration:
    """`answer_within` is in working days; `origins` are the sites that may show the form in a frame."""

    slug: str
    institution: str
    title: Words
    lead: Words
    notice: Words
    phone: str
    answer_within: int
    origins: tuple[str, ...]
    kinds: tuple[str, ...]
    questions: tuple[Question, ...]
    subjects: tuple[Subject, ...]
    routes: tuple[Route, ...]

    def offered(self) -> list[Kind]:
        """The kinds that can be asked for here."""
        return [one for one in registry.kinds() if one.wish and (not self.kinds or one.code in self.kinds)]

    def route(self, *, kinds: Sequence[str], subjects: Sequence[str], municipality: str) -> Route | None:
        """The first route that fits."""
        fitting = (one for one in self.routes if one.fits(kinds=kinds, subjects=subjects, municipality=municipality))
        return next(fitting, None)


@lru_cache(maxsize=32)
def read(text: str) -> Declaration:
    """The form that a text declares. Raises UnreadableDeclaration, which names the place."""
    table = read_text(text, name=_("the declaration"))
    table.refuse_unknown(frozenset(Declaration.__dataclass_fields__))
    declared = Declaration(
        slug=_matching(table, "slug", _SLUG, table.get("slug", str)),
        institution=table.get("institution", str, ""),
        title=table.words("title"),
        lead=table.words("lead"),
        notice=table.words("notice"),
        phone=table.get("phone", str, ""),
        answer_within=table.get("answer_within", int),
        origins=tuple(_matching(table, "origins", _ORIGIN, one) for one in table.texts("origins")),
        kinds=table.texts("kinds"),
        questions=tuple(map(_question, table.tables("questions"))),
        subjects=tuple(Subject(row.get("code", str), row.words()) for row in table.tables("subjects")),
        routes=tuple(map(_route, table.tables("routes"))),
    )
    _check(declared, table)
    return declared


def _question(table: Table) -> Question:
    table.refuse_unknown(frozenset(Question.__dataclass_fields__))
    code = _one_of(table, "code", table.get("code", str), QUESTIONS)
    required = table.get("required", bool, QUESTIONS[code]) or code in INDISPENSABLE
    return Question(code, required, table.words_or_none("label"), table.words_or_none("help"))


def _route(table: Table) -> Route:
    table.refuse_unknown(frozenset(Route.__dataclass_fields__))
    person = table.get("person", str, "")
    if person:
        try:
            person = read_email(person)
        except Unreadable as refusal:
            raise UnreadableDeclaration(f"{table.where}: {refusal}") from None
    return Route(
        kinds=table.texts("kinds"),
        subjects=table.texts("subjects"),
        municipalities=table.texts("municipalities"),
        unit=table.get("unit", str),
        person=person,
    )


def _check(declared: Declaration, table: Table) -> None:
    codes = [question.code for question in declared.questions]
    if missing := [code for code in INDISPENSABLE if code not in codes]:
        raise UnreadableDeclaration(
            _("The form must ask for %(questions)s.") % {"questions": ", ".join(f"“{code}”" for code in missing)}
        )
    if len(set(codes)) != len(codes):
        raise UnreadableDeclaration(_("A question stands twice in the form."))
    subjects = [subject.code for subject in declared.subjects]
    wishes = [one.code for one in registry.kinds() if one.wish]
    for code in (*declared.kinds, *(code for route in declared.routes for code in route.kinds)):
        _one_of(table, "kinds", code, wishes)
    for code in (code for route in declared.routes for code in route.subjects):
        _one_of(table, "subjects", code, subjects)
    if not 1 <= declared.answer_within <= 60:
        raise UnreadableDeclaration(_("“answer_within” must be from 1 to 60 working days."))


def _one_of(table: Table, name: str, value: str, known: Sequence[str] | dict[str, bool]) -> str:
    if value not in known:
        raise UnreadableDeclaration(
            _("“%(value)s” is not one of the %(name)s in %(where)s. There are: %(known)s.")
            % {"value": value, "name": name, "where": table.where, "known": ", ".join(known)}
        )
    return value


def _matching(table: Table, name: str, pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise UnreadableDeclaration(
            _("“%(value)s” cannot be used as “%(name)s” in %(where)s.")
            % {"value": value, "name": name, "where": table.where}
        )
    return value
