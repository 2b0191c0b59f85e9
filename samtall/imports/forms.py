"""What a person may say about a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtall.activities.registry import kinds
from samtall.imports import limits
from samtall.imports.cells import column_letters
from samtall.imports.columns import HEADER_ROWS, Layout
from samtall.imports.fields import GENERAL, detail_fields
from samtall.imports.models import Import


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("An .xlsx, .ods or .csv file of at most 10 MB. Nothing is saved before you have seen a preview."),
        allow_empty_file=True,  # the guard says what is wrong with it
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            raise forms.ValidationError(_("The file is too large. The limit is 10 MB."))
        return file


class ColumnsForm(forms.Form):
    """What each column of a sheet holds."""

    def __init__(self, columns: Sequence[tuple[int, str, str]], layout: Layout, *args: Any, **kwargs: Any) -> None:
        """`columns` are the number, the heading and examples of each."""
        super().__init__(*args, **kwargs)
        self.fields["header_row"] = forms.IntegerField(
            label=_("Row with the headings"),
            help_text=_("0 when the sheet has none."),
            min_value=0,
            max_value=HEADER_ROWS,
            initial=layout.header_row,
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of activity of all rows"),
            help_text=_("Only where no column says it."),
            required=False,
            initial=layout.kind,
            choices=[("", "–"), *((kind.code, str(kind.words)) for kind in kinds())],
        )
        choices: list[Any] = [("", _("not taken in")), *((one.code, str(one.words)) for one in GENERAL)]
        choices.append((_("Of one kind of activity"), [(one.code, str(one.words)) for one in detail_fields()]))
        for column, heading, examples in columns:
            letters = column_letters(column)
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=f"{letters} «{heading}»" if heading else letters,
                help_text=examples,
                required=False,
                initial=layout.columns.get(column, ""),
                choices=choices,
            )

    def columns(self) -> dict[int, str]:
        """Column number → field code."""
        return {
            int(name.removeprefix("column_")): code
            for name, code in self.cleaned_data.items()
            if name.startswith("column_")
        }


class DuplicatesForm(forms.Form):
    """What to do with rows that may be there twice."""

    answer = forms.ChoiceField(
        label=_("Rows that may be there twice"),
        choices=[
            (Import.Duplicates.SKIP.value, _("Leave them out")),
            (Import.Duplicates.COUNT.value, _("Let both count")),
        ],
        widget=forms.RadioSelect,
        initial=Import.Duplicates.SKIP.value,
    )
    reason = forms.CharField(
        label=_("Why both count"), help_text=_("Needed when both are to count."), required=False, max_length=300
    )


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(
        label=_("Why it is undone"),
        help_text=_("Is kept with the import and with each activity."),
        max_length=300,
    )
