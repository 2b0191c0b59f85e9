"""What a reader may choose on a programme's page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.ui.fields import DateField


class AsOfForm(forms.Form):
    """The day that every figure on the page is read as of; empty is now."""

    all_optional = True
    per = DateField(label=_("As of"), required=False, help_text=_("A date, such as 31.12.2016. Empty: now."))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    @property
    def as_of(self) -> date | None:
        """The day asked for; none while what was written is no date."""
        return self.cleaned_data.get("per")
