"""What the background worker does with spreadsheets: planning, saving and undoing go on by themselves."""

import logging
from datetime import datetime

from samtall.imports import operations
from samtall.imports.models import Import

log = logging.getLogger(__name__)


def go_on(at: datetime) -> bool:
    """Take every import under way one step further; whether there may be more to do.

    One that fails does not stop the others, and is tried again. Raises what the last of them raised.
    """
    failure: Exception | None = None
    under_way = list(
        Import.objects.defer("packed_workbook").filter(state__in=operations.UNDER_WAY).order_by("started_at")
    )
    for import_ in under_way:
        try:
            operations.go_on(import_, at=at)
            operations.rest(import_)
        except Exception as raised:
            log.warning("Import %d could not go on.", import_.pk)
            failure = raised
    if failure is not None:
        raise failure
    return bool(under_way)
