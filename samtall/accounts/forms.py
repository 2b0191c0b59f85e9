"""What a person may say when signing in or giving others access."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.accounts.roles import ROLES
from samtall.ui.fields import EmailField, TextField


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address that a code is sent to."""

    email = EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        """Lower case, as users are kept, so that capitals are no way around the limits."""
        self.cleaned_data["email"] = self.cleaned_data["email"].lower()
        return str(super().clean_email())


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that was sent."""

    code = TextField(
        label=_("Code"),
        most=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role.code, role.words) for role in ROLES]  # type: ignore[attr-defined]


class InvitationForm(RoleForm):
    """Somebody who is to have access."""

    name = TextField(label=_("Name"), most=200)
    email = EmailField(label=_("E-mail address"), widget=forms.EmailInput())
    field_order = ("name", "email", "role")
