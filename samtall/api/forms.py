"""What a person says of a new key."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.accounts.models import User
from samtall.accounts.policy import PERMISSIONS, may_somewhere
from samtall.api.scopes import SCOPES
from samtall.ui.fields import DateField, TextField


class KeyForm(forms.Form):
    """A name, what the key may do of what its maker may, and its last day."""

    name = TextField(label=_("What is the key for?"), most=100, help_text=_("For example: the county's dashboard."))
    scopes = forms.MultipleChoiceField(
        label=_("What may the key do?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It never can do more than you can. Public figures can be read without a key."),
    )
    last_day = DateField(label=_("Last day"), help_text=_("At most a year from now."))

    def __init__(self, data: Any = None, *, user: User, today: date) -> None:
        super().__init__(data, initial={"last_day": today + timedelta(days=180)})
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope, str(PERMISSIONS[scope])) for scope in SCOPES if may_somewhere(user, scope)
        ]
