"""What a person may say when signing in or giving others access."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samtall.accounts.policy import Scope
from samtall.accounts.queries import organisations_within
from samtall.accounts.roles import ROLES
from samtall.parties.models import Organisation
from samtall.parties.queries import organisation_by_number, organisations_named
from samtall.ui.fields import EmailField, TextField


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address that a code is sent to."""

    email = EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        """Lower case, as users are kept, so that capitals are no way around the limits."""
        self.cleaned_data["email"] = self.cleaned_data["email"].lower()
        return str(super().clean_email())


class NewAddressForm(forms.Form):
    """The address that one wants to be reached at from now on."""

    email = EmailField(label=_("New e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that was sent."""

    code = TextField(
        label=_("Code"),
        most=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


def _factor_code() -> TextField:
    return TextField(
        label=_("Code"),
        most=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class FactorForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code, when signing in."""

    code = _factor_code()


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """The same, to confirm who one is."""

    code = _factor_code()


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    code = _factor_code()


class CredentialField(forms.JSONField):
    """What a browser says of a passkey. It is good for once, so it never comes back with the page."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValueError as error:  # a number of more digits than Python reads
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        return None


class CredentialForm(forms.Form):
    """What a browser says of a passkey is read by libraries that trust it; what they stumble over is none."""

    credential = CredentialField(widget=forms.HiddenInput)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (LookupError, ValueError, TypeError, AttributeError):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class SignInPasskeyForm(CredentialForm, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class SecondPasskeyForm(CredentialForm, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the code by e-mail."""


class ConfirmPasskeyForm(CredentialForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before what cannot be undone."""


class PasskeyForm(CredentialForm, AddWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called, and whether it is enough by itself."""

    name = TextField(label=_("Name"), most=50, help_text=_("So that you know which one it is."))
    passwordless = forms.BooleanField(
        label=_("I can sign in with this alone"),
        required=False,
        initial=True,
        help_text=_("It then asks for your finger, face or PIN. Without this, it comes after the code by e-mail."),
    )
    field_order = ("name", "passwordless", "credential")


class NameForm(forms.Form):
    """What I am called, and what I read."""

    name = TextField(label=_("Name"), most=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of pages and letters."))


class RoleForm(forms.Form):
    """A role to give, and where, by somebody whose right to give roles has a reach."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = TextField(
        label=_("At which organisation"),
        required=False,
        most=300,
        help_text=_("Its number or its whole name. Empty: the whole region."),
    )

    def __init__(self, *args: Any, reach: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reach = reach
        roles = [role for role in ROLES if reach.everything or role.local]
        self.fields["role"].choices = [(role.code, role.words) for role in roles]  # type: ignore[attr-defined]
        if not reach.everything:
            own = [(one.pk, one.name) for one in organisations_within(reach)]
            self.fields["organisation"] = forms.ChoiceField(label=_("At which organisation"), choices=own)

    def clean_organisation(self) -> Organisation | None:
        """The organisation that was chosen or named; None for the whole region."""
        said = self.cleaned_data["organisation"]
        if not self.reach.everything:
            return Organisation.objects.get(pk=said)
        if not said:
            return None
        if by_number := organisation_by_number(said):
            return by_number
        match list(organisations_named(said)[:2]):
            case [one]:
                return one
            case []:
                raise ValidationError(_("We know no organisation of that name or number. Look it up first."))
            case _:
                raise ValidationError(_("Several organisations have that name. Write the number of the one you mean."))


class InvitationForm(RoleForm):
    """Somebody who is to have access."""

    name = TextField(label=_("Name"), most=200)
    email = EmailField(label=_("E-mail address"), widget=forms.EmailInput())
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES, required=False)
    field_order = ("name", "email", "role", "organisation", "language")
