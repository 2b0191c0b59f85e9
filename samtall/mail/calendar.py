"""A date as a calendar file, to go with a letter."""

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from samtall.mail.files import File


def calendar_file(
    uid: str, title: str, *, starts: date, ends: date | None = None, place: str = "", link: str = "", at: datetime
) -> File:
    """An event that a calendar can take in. `starts` and `ends` are both moments with a time zone, or both days.

    The same `uid` (such as "deadline-12@samtall.example") written at a later `at` replaces the event. `ends` is the
    last day of an event of whole days, and an hour after the start when it is left out of one with a clock.
    """
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("sequence", int(at.timestamp()) // 60)
    event.add("summary", title)
    event.add("dtstart", starts)
    event.add("dtend", _end(starts, ends))
    if place:
        event.add("location", place)
    if link:
        event.add("url", link)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Samtall//NO")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return File("samtall.ics", calendar.to_ical(), "text/calendar")


def _end(starts: date, ends: date | None) -> date:
    if isinstance(starts, datetime):
        return ends or starts + timedelta(hours=1)
    return (ends or starts) + timedelta(days=1)  # the format names the first day that is free again
