"""The matcher's work in the background: an index in the data folder that is never older than a day."""

from datetime import datetime, timedelta

from samtall.parties.matching import keeping, reading

#: From so many organisations on, reading all names at each start takes longer than anybody likes to wait.
LARGE = 50_000
OLDEST = timedelta(days=1)


def keep_young(at: datetime) -> bool:
    """Make the index of a large register, and make it anew every day; so erased names leave the disk as well."""
    kept = keeping.kept()
    due = at - kept.built_at >= OLDEST if kept else reading.mark_now().organisations >= LARGE
    if due:
        keeping.make(at=at)
    return False
