"""Contact forms brought in as declarations; each saving is a new version."""

from datetime import datetime

from django.utils.translation import gettext as _

from samtall.base.declarations import UnreadableDeclaration
from samtall.inquiries.declaration import Declaration, read
from samtall.inquiries.models import ContactForm
from samtall.inquiries.queries import current_form
from samtall.parties.queries import organisation_by_number


def save_form(text: str, *, by: str, at: datetime) -> ContactForm:
    """Keep a declaration as the latest version of its form; the same once more changes nothing.

    `by` is a signature. Raises UnreadableDeclaration.
    """
    declaration = read(text)
    _check_institution(declaration)
    latest = current_form(declaration.slug)
    if latest is not None and latest.text == text:
        return latest
    return ContactForm.objects.create(slug=declaration.slug, text=text, saved_by=by, saved_at=at)


def _check_institution(declaration: Declaration) -> None:
    if declaration.institution and organisation_by_number(declaration.institution) is None:
        raise UnreadableDeclaration(
            _("Nobody here has the organisation number %(number)s. Add the institution first.")
            % {"number": declaration.institution}
        )
