"""People of one activity, named or counted, with those told who may be the same person twice (I7)."""

import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samtall.activities.kind import Role
from samtall.base.text import search_key
from samtall.imports.drafts import PlannedActivity, PlannedPart
from samtall.imports.matching import Match
from samtall.imports.problems import Level
from samtall.imports.rows import Notes, Row


@dataclass(frozen=True)
class Seen:
    row: int
    name: str
    email: str


@dataclass
class PeopleOfActivity:
    """Adds people to an activity, each once."""

    notes: Notes
    duplicates: str  # "": ask; "skip" or "count"
    _by_email: dict[tuple[str, str], Seen] = field(default_factory=dict)
    _by_name: dict[tuple[str, str, str], Seen] = field(default_factory=dict)
    _counted: dict[tuple[str, str, int, str | None], int] = field(default_factory=dict)

    def add(self, planned: PlannedActivity, part: PlannedPart, role: Role, row: Row, party: Match | None) -> None:
        """Add the row's person or its number of people."""
        name, email, heads = row.text("person"), row.text("email"), row.values.get("head_count")
        if name.isdigit() and heads is None:
            name, heads = "", int(name)
        if not role.named and name:
            self._error(
                row,
                "person",
                _("“%(role)s” is counted without names.") % {"role": role.words},
                _("Write how many instead of who."),
            )
        elif name:
            self._add_person(planned, part, role, row, party, name, email)
        elif email:
            self._error(row, "person", _("There is an e-mail address without a name."), _("Write the name."))
        elif heads:
            self._add_heads(planned, part, role, row, party, heads)
        else:
            self._error(row, "head_count", _("The number of people is 0."), _("Write how many, or delete the row."))

    def _add_person(
        self,
        planned: PlannedActivity,
        part: PlannedPart,
        role: Role,
        row: Row,
        party: Match | None,
        name: str,
        email: str,
    ) -> None:
        seen_here = Seen(row.number, name, email.casefold())
        name_key = (role.code, folded(name), party.key if party else "")
        same_email = self._by_email.setdefault((role.code, email.casefold()), seen_here) if email else seen_here
        same_name = self._by_name.setdefault(name_key, seen_here)
        apart = False
        if same_email is not seen_here:
            self._say_same_email(row, same_email, name)
            return
        if same_name is not seen_here and not (same_name.email and email):
            if self._ask(row, "person", _equal_names(same_name, name)):
                return
            apart = True
        part.person = {"name": name, "email": email, "apart": apart}
        planned.parts.append(part)

    def _add_heads(
        self, planned: PlannedActivity, part: PlannedPart, role: Role, row: Row, party: Match | None, heads: int
    ) -> None:
        if party is None:
            self._error(
                row,
                "head_count",
                _("The row does not say which organisation the people come from."),
                _("Write the organisation, or for students the education party."),
            )
            return
        key = (role.code, party.key, heads, part.quantity)
        first = self._counted.setdefault(key, row.number)
        if first != row.number and self._ask(
            row, "head_count", _("Row %(row)d has the same number of people from the same place.") % {"row": first}
        ):
            return
        part.head_count = heads
        planned.parts.append(part)

    def _say_same_email(self, row: Row, first: Seen, name: str) -> None:
        if first.name == name:
            text = _("The row equals row %(row)d.") % {"row": first.row}
        else:
            text = _("“%(name)s” has the same e-mail address as “%(first)s” in row %(row)d.") % {
                "name": name,
                "first": first.name,
                "row": first.row,
            }
        self.notes.add("I7", Level.WARNING, row.number, "person", text, _("The person is taken in once."))

    def _ask(self, row: Row, code: str, text: str) -> bool:
        """Tell of a row that may be there twice; whether it is left out."""
        return ask(self.notes, self.duplicates, row.number, code, text)

    def _error(self, row: Row, code: str, text: str, advice: str) -> None:
        self.notes.add("I6", Level.ERROR, row.number, code, text, advice)


def ask(notes: Notes, duplicates: str, row: int, code: str, text: str) -> bool:
    """Tell of what may be there twice (I7), as a question or with the answer given; whether it is left out."""
    if duplicates == "skip":
        notes.add("I7", Level.WARNING, row, code, text, _("It is left out, as you chose."))
    elif duplicates == "count":
        notes.add("I7", Level.WARNING, row, code, text, _("Both count, as you chose."))
    else:
        notes.add("I7", Level.QUESTION, row, code, text, _("Choose below: leave out, or let both count."))
    return duplicates != "count"


def _equal_names(first: Seen, name: str) -> str:
    if search_key(first.name) == search_key(name):
        return _("“%(name)s” from the same place stands in row %(row)d.") % {"name": name, "row": first.row}
    return _("“%(name)s” may be the same person as “%(first)s” in row %(row)d.") % {
        "name": name,
        "first": first.name,
        "row": first.row,
    }


def folded(name: str) -> str:
    """A name without capitals, accents, order and common spellings: Kåre Ås, Ås Kaare and KARE AS are equal."""
    key = search_key(name).replace("aa", "a").replace("ø", "o").replace("oe", "o").replace("æ", "e").replace("ae", "e")
    letters = "".join(letter for letter in unicodedata.normalize("NFD", key) if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() else " " for letter in letters).split()
    return " ".join(sorted(words))
