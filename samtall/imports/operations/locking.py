"""One at a time: an import is locked and read afresh before it is changed."""

from django.utils.translation import gettext as _

from samtall.imports.models import Import, StoredPlan
from samtall.imports.operations.refusals import WrongState


def locked(import_: Import, *states: Import.State) -> None:
    """Read the import afresh and lock it. Raises WrongState unless it is in one of these states."""
    import_.refresh_from_db(from_queryset=Import.objects.select_for_update())
    if states and import_.state not in states:
        raise WrongState(_("The import has gone on since this page was opened. Open it again."))


def forget_plan(import_: Import) -> None:
    """What was planned no longer holds: something has been said of the sheet since."""
    StoredPlan.objects.filter(plan_of=import_).delete()
