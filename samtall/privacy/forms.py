"""What people may say about their own data, and those who answer for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.ui.fields import EmailField, TextField


class AddressForm(forms.Form):
    """Whose data it is."""

    email = EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class CodeForm(forms.Form):
    """The code that was sent."""

    code = TextField(
        label=_("Code"),
        most=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CorrectionForm(forms.Form):
    """What is wrong, how it should be, and which of one's cases and collaborations it is in."""

    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    text = TextField(label=_("What is wrong, and what is right?"), most=2000, lines=True)

    def __init__(self, *args: Any, concerned: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if not concerned:
            del self.fields["about"]
            return
        self.fields["about"].choices = [("", _("Something else")), *concerned]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was done about it."""

    text = TextField(label=_("Answer"), most=2000, lines=True)
