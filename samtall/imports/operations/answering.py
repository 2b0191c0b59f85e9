"""What is answered in the browser instead of in the spreadsheet: cells, organisations, overlaps."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.base.errors import Refusal
from samtall.imports.answers import Answers
from samtall.imports.models import Import
from samtall.imports.operations.locking import forget_plan, locked
from samtall.imports.problems import ImportRefused, Level, Problem
from samtall.imports.suspect import holds_identity_number
from samtall.parties.models import Establishment, Organisation


def answer_row(import_: Import, row: int, cells: Mapping[str, str], *, skip: bool = False) -> Import:
    """Say what should stand in a row's cells, by field code, or that the row is left out."""
    if any(holds_identity_number(text) for text in cells.values()):
        text = _("The cell holds a national identity number, which is never taken in here.")
        raise ImportRefused([Problem("I6", Level.ERROR, text)])

    def change(answers: Answers) -> None:
        answers.skipped.discard(row)
        answers.cells.pop(row, None)
        if skip:
            answers.skipped.add(row)
        elif cells:
            answers.cells[row] = dict(cells)

    return _answer(import_, change)


def answer_organisation(
    import_: Import,
    key: str,
    organisation: Organisation | None,
    *,
    establishment: Establishment | None = None,
    by: User,
    at: datetime,
) -> Import:
    """Say who is meant by a name in every row of this spreadsheet that has it; with None, that nobody here is.

    `key` is `matching.Asked.key`, or `key_here` for the rows of one municipality.
    """

    def change(answers: Answers) -> None:
        said = {"by": by.signature, "at": at.isoformat()}
        if organisation is None:
            answers.organisations[key] = {"none": True, **said}
        else:
            site = establishment.pk if establishment else None
            answers.organisations[key] = {"organisation": organisation.pk, "establishment": site, **said}

    return _answer(import_, change)


def answer_overlap(import_: Import, row: int, *, keep: str | None, by: User, at: datetime) -> Import:
    """Say of a row that it is the same work as what it resembles, or why both count; row 0 is all of them."""
    if keep is not None and not keep.strip():
        raise Refusal(_("Write why both should count."))

    def change(answers: Answers) -> None:
        said = {"by": by.signature, "at": at.isoformat()}
        answers.overlaps[row] = {"join": True, **said} if keep is None else {"keep": keep.strip()[:300], **said}

    return _answer(import_, change)


def _answer(import_: Import, change: Callable[[Answers], None]) -> Import:
    with transaction.atomic():
        locked(import_, Import.State.PREVIEW)
        forget_plan(import_)
        answers = Answers.from_plain(import_.answers)
        change(answers)
        import_.answers = answers.to_plain()
        import_.save(update_fields=["answers"])
    return import_
