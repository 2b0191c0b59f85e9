"""What can be done with knowledge environments: brought in from a file that somebody at the institution keeps."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.base.declarations import Table, UnreadableDeclaration, read_text
from samtall.base.reading import Unreadable, read_email
from samtall.knowledge.models import Environment
from samtall.parties.queries import organisation_by_number

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KNOWN = frozenset({
    "slug", "name", "institution", "level", "subjects", "kinds", "municipalities", "offers",
    "contact_name", "contact_email",
})  # fmt: skip


@dataclass(frozen=True)
class Imported:
    new: int
    changed: int


def import_environments(text: str, *, at: datetime) -> Imported:
    """Bring the directory in step with a file: those in it are added or changed, others are left as they are.

    Raises UnreadableDeclaration, which names the place, and then changes nothing.
    """
    read = [_environment(row, at) for row in read_text(text, name=_("the file")).tables("environments")]
    new = changed = 0
    with transaction.atomic():
        for slug, values in read:
            _environment_kept, was_new = Environment.objects.update_or_create(slug=slug, defaults=values)
            new, changed = new + was_new, changed + (not was_new)
    return Imported(new, changed)


def _environment(table: Table, at: datetime) -> tuple[str, dict[str, object]]:
    table.refuse_unknown(_KNOWN)
    slug, level = table.get("slug", str), table.get("level", str)
    if not _SLUG.fullmatch(slug):
        raise UnreadableDeclaration(
            _("“%(value)s” cannot be used as “%(name)s” in %(where)s.")
            % {"value": slug, "name": "slug", "where": table.where}
        )
    if level not in Environment.Level.values:
        raise UnreadableDeclaration(
            _("“%(value)s” is not one of the %(name)s in %(where)s. There are: %(known)s.")
            % {"value": level, "name": "level", "where": table.where, "known": ", ".join(Environment.Level.values)}
        )
    institution = organisation_by_number(table.get("institution", str))
    if institution is None:
        raise UnreadableDeclaration(
            _("Nobody here has the organisation number %(number)s. Add the institution first.")
            % {"number": table.get("institution", str)}
        )
    return slug, {
        "name": table.get("name", str)[:200],
        "institution": institution,
        "level": level,
        "subjects": list(table.texts("subjects")),
        "kinds": list(table.texts("kinds")),
        "municipalities": list(table.texts("municipalities")),
        "offers": table.get("offers", str, ""),
        "contact_name": table.get("contact_name", str, "")[:200],
        "contact_email": _email(table),
        "updated_at": at,
    }


def _email(table: Table) -> str:
    written = table.get("contact_email", str, "")
    try:
        return read_email(written) if written else ""
    except Unreadable as refusal:
        raise UnreadableDeclaration(f"{table.where}: {refusal}") from None
