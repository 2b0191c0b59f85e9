"""A field for several of the rows there are."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from samtall.ui.fields import RowsField


@pytest.mark.django_db
@pytest.mark.parametrize("number", [str(2**63), "-1", "9" * 400, "1e9", "x", "٣"])
def test_a_number_that_no_row_has_is_told_of(number: str) -> None:
    row = ContentType.objects.first()
    assert row is not None
    field = RowsField(queryset=ContentType.objects.all())
    assert list(field.clean([str(row.pk)])) == [row]
    with pytest.raises(ValidationError):
        field.clean([str(row.pk), number])
