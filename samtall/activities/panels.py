"""What rooms above add to the page of an activity: each registers at start a function that shows what it has to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samtall.accounts.policy import Visitor
from samtall.activities.models import Activity
from samtall.ui.frame import Link
from samtall.ui.tables import Table


@dataclass(frozen=True)
class Panel:
    """A part of the page: a heading, what there is or a sentence that says that there is nothing, and what to do."""

    heading: str
    table: Table | None = None
    nothing: str = ""
    links: Sequence[Link] = ()


#: Given an activity and the reader, a panel; None where there is nothing to say to this reader.
PanelOf = Callable[[Activity, Visitor], Panel | None]

_panels: list[PanelOf] = []


def register(panel_of: PanelOf) -> None:
    if panel_of not in _panels:
        _panels.append(panel_of)


def panels(activity: Activity, reader: Visitor) -> list[Panel]:
    """The panels of an activity for this reader, in the order of registration."""
    return [panel for panel_of in _panels if (panel := panel_of(activity, reader)) is not None]
