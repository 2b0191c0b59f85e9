"""What a person may say about letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.mail.models import IncomingLetter, Letter
from samtall.ui.fields import TextField


class LetterFilterForm(forms.Form):
    """Which letters to show."""

    q = TextField(label=_("Address, subject or what it is about"), most=200, required=False)
    tilstand = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Letter.State.choices])


class AnswerFilterForm(forms.Form):
    """Which answers to show."""

    tilstand = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *IncomingLetter.State.choices]
    )


class FilingForm(forms.Form):
    """What an answer belongs to."""

    about = TextField(
        label=_("What it is about"),
        most=100,
        help_text=_("As it stands in the list of letters, for example inquiry:12."),
    )
