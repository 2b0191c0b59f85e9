"""What has been changed in a programme, in words: who, when, and how it read before and after."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.base.text import Words
from samtall.programmes.models import Change
from samtall.ui.tables import Event
from samtall.ui.writing import NOTHING, short_date, thousandths


def events_of(changes: Sequence[Change]) -> list[Event]:
    """Changes as a timeline shows them, in the order given."""
    keys = [int(change.by.removeprefix("user:")) for change in changes if change.by.startswith("user:")]
    users = User.objects.in_bulk(keys)
    names = {user.signature: str(user) for user in users.values()}
    return [Event(one.at, _title(one), names.get(one.by, _("Samtall")), _text(one)) for one in changes]


def _title(change: Change) -> str:
    sort, _colon, which = change.what.partition(":")
    what = {
        "file": _("Brought in step with a file"),
        "programme": _("The programme"),
        "region": _("The region"),
        "goal": _("Goal %(which)s"),
        "target": _("Target %(which)s"),
        "milestone": _("Milestone"),
        "context": _("A number from elsewhere"),
        "paragraph": _("Text"),
    }.get(sort, sort)
    what = what % {"which": which} if "%(which)s" in what else what
    if change.before and not change.after:
        return _("%(what)s: removed") % {"what": what}
    if change.after and not change.before:
        return _("%(what)s: added") % {"what": what}
    return what


def _text(change: Change) -> str:
    """Field by field, before and after; for what was added or removed, what it said."""
    names = _names()
    both = bool(change.before and change.after)
    said = []
    for name, label in names.items():
        if name not in change.before and name not in change.after:
            continue
        before, after = (_value(name, side.get(name)) for side in (change.before, change.after))
        if both:
            said.append(
                _("%(field)s: from %(before)s to %(after)s.") % {"field": label, "before": before, "after": after}
            )
        elif (value := after if change.after else before) != NOTHING:
            said.append(_("%(field)s: %(value)s.") % {"field": label, "value": value})
    return " ".join(said)


def _names() -> dict[str, str]:
    return {
        "name": _("Name"),
        "text": _("Text"),
        "lead": _("Lead"),
        "municipalities": _("Municipalities"),
        "starts": _("From"),
        "ends": _("To"),
        "baseline": _("Baseline"),
        "value": _("To reach"),
        "since": _("From"),
        "deadline": _("Deadline"),
        "due": _("Due"),
        "done_on": _("Done on"),
        "done_by": _("Done by"),
        "evidence": _("Evidence"),
        "dated": _("Date"),
        "source": _("Source"),
    }


def _value(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, dict) and "nb" in value:
        return f"“{Words.from_dict(value)}”"
    if name in ("baseline", "value"):
        return thousandths(value)
    if name in ("starts", "ends", "since", "deadline", "due", "done_on", "dated"):
        return short_date(date.fromisoformat(value))
    return str(value)
