"""What waits for somebody on the front page, as rooms tell that it does not know: each registers at start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from samtall.accounts.policy import Visitor
from samtall.ui.frame import Link


@dataclass(frozen=True)
class Task:
    """Something that waits for the reader: a sentence, where it is done, and the first few things it is about."""

    sentence: str
    url: str = ""
    lines: list[Link] = field(default_factory=list)


#: Given the reader and the time, what waits for them, most pressing first.
TasksOf = Callable[[Visitor, datetime], Iterable[Task]]

_rooms: list[TasksOf] = []


def register(tasks_of: TasksOf) -> None:
    if tasks_of not in _rooms:
        _rooms.append(tasks_of)


def told(reader: Visitor, at: datetime) -> list[Task]:
    """What the rooms that have registered tell this reader, in the order of registration."""
    return [task for tasks_of in _rooms for task in tasks_of(reader, at)]
