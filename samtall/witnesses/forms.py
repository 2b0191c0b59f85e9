"""What a person may say of who is to get checkpoints."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samtall.ui.fields import EmailField, TextField


class ReceiverForm(forms.Form):
    name = TextField(
        label=_("Name"), help_text=_("A person or an office, such as the auditor of the municipality."), most=200
    )
    email = EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
