"""What a person may say of a new organisation."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.base.errors import Refusal
from samtall.parties import operations
from samtall.parties.models import Organisation
from samtall.ui.fields import TextField


class NewOrganisationForm(forms.Form):
    """Norwegian with a number, foreign with register and number, or unidentified with neither (R2)."""

    name = TextField(label=_("Name"), most=300)
    number = TextField(
        label=_("Organisation number"),
        most=40,
        required=False,
        help_text=_(
            "The organisation number, for example 974 760 673; of a foreign organisation the number in its register. "
            "Without a number the organisation is shown beside figures and not counted in them."
        ),
    )
    country = TextField(
        label=_("Country"), most=2, initial="NO", help_text=_("Two letters: NO for Norway, SE for Sweden.")
    )
    register = TextField(
        label=_("Register"),
        most=20,
        required=False,
        help_text=_("For a foreign organisation: the register that gave the number, for example Bolagsverket."),
    )

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Write the country as two letters."), code="V1")
        return country

    def save(self, at: datetime) -> Organisation | None:
        """The organisation, or None with what was wrong among the form's errors."""
        said: dict[str, Any] = self.cleaned_data
        try:
            if said["country"] == "NO":
                return operations.add_organisation(said["name"], number=said["number"], at=at)
            if said["number"] or said["register"]:
                foreign = {name: said[name] for name in ("country", "register", "number")}
                return operations.add_foreign(said["name"], **foreign, at=at)
            return operations.add_organisation(said["name"], country=said["country"], at=at)
        except Refusal as refusal:
            self.add_error("number" if said["number"] else None, str(refusal))
            return None
