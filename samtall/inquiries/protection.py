"""Whether a person sent the form: without cookies, without third parties, and so that nothing written is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.accounts import limits
from samtall.base.errors import Refusal
from samtall.inquiries.forms import TRAP
from samtall.inquiries.tokens import LONGEST_OPEN, SHORTEST_OPEN, FormToken, read_form_token

HOUR = timedelta(hours=1)
#: How many new inquiries from one address, one network, and in one form are taken within an hour as they are: no more
#: than people send, since robots that do the work of a browser and come from everywhere are known by nothing else.
DIRECTLY = {"address": 10, "network": 12, "form": 15}
#: How many more are then held until their senders have confirmed them by e-mail. Nobody can use up a form for others.
BY_LETTER = {"address": 20, "network": 60}


class TooMany(Refusal):
    """So many have been sent from there that no more are taken for `minutes`."""

    def __init__(self, minutes: int) -> None:
        text = ngettext(
            "Too many inquiries have come from your network. Your text is kept; send it again in %(minutes)d minute.",
            "Too many inquiries have come from your network. Your text is kept; send it again in %(minutes)d minutes.",
            minutes,
        )
        super().__init__(text % {"minutes": minutes})
        self.minutes = minutes


@dataclass(frozen=True)
class Judged:
    """What we found: the token to show the form with again, and why it is refused (`code`), if it is.

    `proven`: a browser has done its work, so that no letter has to confirm that somebody is there.
    """

    token: FormToken
    code: str = ""
    message: str = ""
    proven: bool = False

    @property
    def status(self) -> int:
        return {"C1": 403, "S1": 422}[self.code]


def judge(request: HttpRequest, slug: str, *, phone: str, at: datetime) -> Judged:
    """Read what came with the answers: token, age, trap and proof."""
    sent = read_form_token(request.POST.get("token", ""))
    ours = sent if sent is not None and sent.slug == slug else None
    fresh = FormToken.new(slug, at, ours.key if ours else "")
    if ours is None or at - ours.shown_at > LONGEST_OPEN or not _from_here(request):
        return Judged(fresh, "C1", _("The page was open too long. Your text is kept; press Send once more."))
    proof = request.POST.get("proof", "")
    robot = request.POST.get(TRAP) or at - ours.shown_at < SHORTEST_OPEN or (proof and not ours.proven_by(proof))
    if robot:
        return Judged(ours, "S1", not_a_person(phone))
    return Judged(ours, proven=bool(proof))


def goes_directly(request: HttpRequest, slug: str, *, proven: bool, at: datetime) -> bool:
    """Count one more inquiry; whether it is taken as it is, and not held until its sender has confirmed it.

    Many in one office may write at once: what is too much for robots costs people a letter. Raises TooMany.
    """
    place = limits.place_of(request)
    who = {"address": place.address, "network": place.network, "form": slug}
    if proven and all(_take("inquiry", sort, who[sort], most, at) for sort, most in DIRECTLY.items()):
        return True
    for sort, most in BY_LETTER.items():
        if not _take("inquiry-by-letter", sort, who[sort], most, at):
            raise TooMany(limits.minutes_left("inquiry-by-letter", sort, who[sort], at=at))
    return False


def _take(what: str, sort: str, who: str, most: int, at: datetime) -> bool:
    return limits.take(what, sort, who, most=most, per=HOUR, at=at)


def not_a_person(phone: str) -> str:
    if phone:
        return _("We could not confirm that a person sent this. Your text is kept; try again, or call %(phone)s.") % {
            "phone": phone
        }
    return _("We could not confirm that a person sent this. Your text is kept; try again.")


def _from_here(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of ours. Browsers say "null" where they have been asked to keep quiet."""
    origin = request.headers.get("Origin", "null")
    return origin in ("null", f"{request.scheme}://{request.get_host()}")
