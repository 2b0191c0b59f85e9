"""What can be asked of a network."""

from datetime import date

from samtall.activities.models import Activity


def days_of(network: Activity) -> list[date]:
    """The days on which it met, in order."""
    return sorted(date.fromisoformat(day) for day in network.details.get("meetings") or [])
