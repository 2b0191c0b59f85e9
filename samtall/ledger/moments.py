"""The moment that numbers are read as of: one control on every page that shows any, and one name for it in addresses.

`?per=31.12.2016` is a day, `?per=1200` a position of the ledger, and without it all is read now.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.base.reading import Unreadable, read_date
from samtall.ledger import queries

NAME = "per"


class AsOfField(forms.CharField):
    """A day, a position of the ledger, or nothing, which is now; without `positions` it takes days only.

    What cannot be read, or has not been yet, is said beside the field, and everything is read now.
    """

    def __init__(self, *, positions: bool = True, **options: Any) -> None:
        self.positions = positions
        self.today = date.max  # the form says which day it is
        said: dict[str, Any] = {
            "label": gettext_lazy("As of"),
            "required": False,
            "max_length": 20,
            "help_text": gettext_lazy("A date, such as 31.12.2016, or a position. Empty: now.")
            if positions
            else gettext_lazy("A date, such as 31.12.2016. Empty: now."),
        }
        super().__init__(**(said | options))

    def clean(self, value: Any) -> date | int | None:
        try:
            text = str(super().clean(value)).strip()
            return self._read(text) if text else None
        except (Unreadable, forms.ValidationError) as error:
            said = error.messages[0] if isinstance(error, forms.ValidationError) else str(error)
            raise forms.ValidationError(f"{said} " + _("The numbers are as they are now.")) from None

    def _read(self, text: str) -> date | int:
        if self.positions and text.isascii() and text.isdigit() and len(text) < 16:
            if int(text) > (last := queries.position()):
                raise forms.ValidationError(
                    _("The ledger has come to position %(last)s, and not to %(asked)s."),
                    params={"last": last, "asked": text},
                )
            return int(text)
        day = read_date(text)
        if day > self.today:
            raise forms.ValidationError(
                _("%(day)s has not been yet, so nobody knows how the books will stand then."),
                params={"day": f"{day:%d.%m.%Y}"},
            )
        return day


def say_today(form: forms.Form, today: date) -> None:
    """Tell the fields of a form which day it is, so that they know which days have not been."""
    for field in form.fields.values():
        if isinstance(field, AsOfField):
            field.today = today


class AsOfForm(forms.Form):
    """The day that every number on a page is read as of; empty is now."""

    all_optional = True
    per = AsOfField(positions=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        say_today(self, today)
        self.is_valid()

    @property
    def as_of(self) -> date | None:
        """The day asked for; none while what was written is no day that has been."""
        return self.cleaned_data.get(NAME)

    @property
    def position(self) -> int:
        """Where the books stood then, or stand now; one query."""
        return position_of(self.as_of)

    @property
    def query(self) -> str:
        return query_of(self.as_of)


def position_of(as_of: date | None) -> int:
    return queries.position() if as_of is None else queries.position_on(as_of)


def query_of(as_of: date | None) -> str:
    """What is put behind an address, so that the moment is kept as one clicks on; nothing for now."""
    return f"?{urlencode({NAME: f'{as_of:%d.%m.%Y}'})}" if as_of else ""
