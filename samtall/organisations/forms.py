"""What a person may say of a new organisation."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from samtall.activities.finding import party_by_number
from samtall.activities.forms import tell_age_of_register
from samtall.base.errors import Refusal
from samtall.parties import operations
from samtall.parties.models import Establishment, Organisation
from samtall.ui.fields import LookupField, TextField


class NewOrganisationForm(forms.Form):
    """Norwegian with a number, foreign with register and number, or unidentified with neither (R2).

    A number that the register has tells the rest: `known` is then the organisation, and nothing more is asked for.
    """

    number = LookupField(
        url=reverse_lazy("organisation-lookup"),
        label=_("Organisation number"),
        most=340,
        required=False,
        help_text=_(
            "The organisation number, for example 974 760 673; of a foreign organisation the number in its register. "
            "If the register has it, you are done. "
            "Without a number the organisation is shown beside figures and not counted in them."
        ),
    )
    name = TextField(label=_("Name"), most=300, required=False, help_text=_("If the register does not have it."))
    country = TextField(
        label=_("Country"),
        most=2,
        required=False,
        initial="NO",
        help_text=_("Two letters: NO for Norway, SE for Sweden."),
    )
    register = TextField(
        label=_("Register"),
        most=20,
        required=False,
        help_text=_("For a foreign organisation: the register that gave the number, for example Bolagsverket."),
    )

    known: Organisation | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tell_age_of_register(self.fields["number"])

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"] or "NO").upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Write the country as two letters."), code="V1")
        return country

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("country") == "NO" and said.get("number"):
            party = party_by_number(said["number"])
            self.known = party.organisation if isinstance(party, Establishment) else party
        if self.known is None and not said.get("name") and "name" not in self.errors:
            unknown = _("Write the name too: the register that is loaded here does not have this number.")
            self.add_error("name", unknown if said.get("number") else self.fields["name"].error_messages["required"])
        return said

    def save(self, at: datetime) -> Organisation | None:
        """The organisation, or None with what was wrong among the form's errors."""
        said: dict[str, Any] = self.cleaned_data
        if self.known is not None:
            return self.known
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
