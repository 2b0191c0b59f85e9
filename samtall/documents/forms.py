"""The field in which a file is chosen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samtall.documents import limits
from samtall.documents.guard import TYPES
from samtall.documents.refusals import refusal_of
from samtall.documents.verdict import Verdict


class DocumentField(forms.FileField):
    """One file; what it holds is looked through by `operations.examine`."""

    widget = forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in TYPES)})

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("File"))
        options.setdefault("help_text", _("PDF, picture, document, spreadsheet or text, at most 10 MB."))
        super().__init__(allow_empty_file=True, **options)  # the guard says what is wrong with it

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > limits.FILE_BYTES:
            found, limit = f"{file.size / 1_000_000:.1f} MB", f"{limits.FILE_BYTES // 1_000_000} MB"
            raise ValidationError(str(refusal_of(Verdict("F3", found, limit), file.name)), code="F3")
        return file
