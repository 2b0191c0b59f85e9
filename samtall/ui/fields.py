"""Form fields over base.reading: the same strictness and the same words in every form."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from samtall.base import reading
from samtall.ui import writing


class ReadField(forms.Field):
    """What is typed goes through a reader of base.reading; left empty where allowed, it is `empty`."""

    widget = forms.TextInput
    empty: Any = None
    attributes: ClassVar[dict[str, Any]] = {}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django gives it
        return dict(self.attributes)

    def read(self, raw: str) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        return str(value)

    def clean(self, value: Any) -> Any:
        raw = "" if value is None else str(value)
        if not self.required and not reading.tidy(raw):
            return self.empty
        try:
            read = self.read(raw)
        except reading.Unreadable as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from None
        self.run_validators(read)
        return read

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.write(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), "" if data is None else str(data))


class TextField(ReadField):
    """Text of at most `most` characters; of several lines when `lines` is true."""

    empty = ""

    def __init__(self, *, most: int = 300, lines: bool = False, **options: Any) -> None:
        self.most, self.lines = most, lines
        if lines:
            options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)

    def read(self, raw: str) -> str:
        return reading.read_text(raw, most=self.most, lines=self.lines)


class LookupInput(forms.TextInput):
    """A text field that suggests while one types: it asks `url` for options, with what is typed as `q`.

    The answer is a `u-option` for each, as ui/components/options.html writes them. Without JavaScript it is a text
    field like any other.
    """

    template_name = "django/forms/widgets/lookup.html"

    def __init__(self, url: Any, attrs: dict[str, Any] | None = None) -> None:
        self.url = url
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = context["widget"]["attrs"]
        context["options_id"] = f"{said.get('id') or name}_options"
        said |= {
            "list": context["options_id"],
            "autocomplete": "off",
            "hx-get": f"{self.url}?{urlencode({'field': name})}",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{context['options_id']}",
            "hx-sync": "this:replace",
        }
        return context


class LookupField(TextField):
    """Text with suggestions from the address `url`; what is written freely is kept as it is."""

    def __init__(self, *, url: Any, **options: Any) -> None:
        super().__init__(widget=LookupInput(url), **options)


class IntegerField(ReadField):
    """A whole number from `least` to `most`."""

    attributes = {"inputmode": "numeric", "autocomplete": "off", "size": "12"}

    def __init__(self, *, least: int = 0, most: int = reading.LARGEST, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)

    def read(self, raw: str) -> int:
        return reading.read_integer(raw, least=self.least, most=self.most)


class DecimalField(ReadField):
    """A number from `least` to `most` with at most `places` decimals."""

    attributes = {"inputmode": "decimal", "autocomplete": "off", "size": "12"}

    def __init__(
        self,
        *,
        least: Decimal | int = 0,
        most: Decimal | int = reading.LARGEST,
        places: int = 3,
        **options: Any,
    ) -> None:
        self.least, self.most, self.places = least, most, places
        super().__init__(**options)

    def read(self, raw: str) -> Decimal:
        return reading.read_decimal(raw, least=self.least, most=self.most, places=self.places)

    def write(self, value: Decimal | int) -> str:
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


class DateField(ReadField):
    """A date written dd.mm.åååå."""

    attributes = {"placeholder": _("dd.mm.yyyy"), "autocomplete": "off", "size": "12"}

    def __init__(self, *, first: date = reading.FIRST_DAY, last: date = reading.LAST_DAY, **options: Any) -> None:
        self.first, self.last = first, last
        super().__init__(**options)

    def read(self, raw: str) -> date:
        return reading.read_date(raw, first=self.first, last=self.last)

    def write(self, value: date) -> str:
        return writing.short_date(value)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # noqa: TID251
    """Several of the rows that there are. A number larger than any row's is that of no row, not a fault."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            message, code = self.error_messages["invalid_pk_value"], "invalid_pk_value"
            raise ValidationError(message, code=code, params={"pk": max(value, key=len)}) from error


class EmailField(ReadField):
    """One e-mail address."""

    empty = ""
    attributes = {"inputmode": "email", "autocomplete": "email", "spellcheck": "false"}

    def read(self, raw: str) -> str:
        return reading.read_email(raw)


class PhoneField(ReadField):
    """One telephone number."""

    empty = ""
    attributes = {"inputmode": "tel", "autocomplete": "tel"}

    def read(self, raw: str) -> str:
        return reading.read_phone(raw)
