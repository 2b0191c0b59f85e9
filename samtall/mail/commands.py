"""`samtall mail`: send what waits, list letters, take in answers, and see whether letters arrive."""

import argparse
import mailbox
import sys
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtall.base import clock
from samtall.mail import incoming, operations, queries, work
from samtall.mail.models import IncomingLetter, Letter

MOST_LISTED = 50
TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the message and gives it to us later


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    mail = commands.add_parser("mail", help="letters: send, list, take in answers").add_subparsers(
        required=True, metavar="ACTION"
    )
    mail.add_parser("send", help="send what is due now").set_defaults(run=_send)
    listing = mail.add_parser("list", help="list the newest letters")
    listing.add_argument("--state", choices=Letter.State.values, default="")
    listing.add_argument("--search", default="", metavar="TEXT", help="a part of the address, or what they are about")
    listing.set_defaults(run=_list)
    receiving = mail.add_parser(
        "receive",
        aliases=["bounces"],
        help="take in an answer or a report of a letter that came back, from standard input",
    )
    receiving.add_argument("--maildir", type=Path, metavar="FOLDER", help="take in what is new in a Maildir instead")
    receiving.set_defaults(run=_receive)
    trial = mail.add_parser("try", help="write a letter to an address to see whether it arrives")
    trial.add_argument("address")
    trial.set_defaults(run=_try)


def _send(_options: argparse.Namespace) -> int:
    at = clock.now()
    before = queries.due(at).count()
    while work.deliver(at):
        pass
    waiting = queries.letters(state=Letter.State.WAITING).count()
    print(_("%(due)d letters were due; %(waiting)d wait now.") % {"due": before, "waiting": waiting})
    return 0


def _list(options: argparse.Namespace) -> None:
    found = queries.letters(text=options.search, state=options.state)
    for letter in found[:MOST_LISTED]:
        known = [
            f"{letter.written_at:%Y-%m-%d %H:%M}",
            letter.get_state_display(),
            letter.to,
            letter.about,
            letter.subject,
        ]
        print(f"{letter.pk:>8}  {'  '.join(filter(None, known))}")


def _receive(options: argparse.Namespace) -> int:
    try:
        if options.maildir is None:
            print(_told(sys.stdin.buffer.read()))
        else:
            count = _take_in_new(options.maildir)
            print(
                ngettext("%(count)d message was taken in.", "%(count)d messages were taken in.", count)
                % {"count": count}
            )
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return TRY_AGAIN
    return 0


def _take_in_new(folder: Path) -> int:
    """Take in what is new in a Maildir, and mark each as seen when it is."""
    box = mailbox.Maildir(folder, create=False)
    new = [(key, message) for key, message in box.items() if message.get_subdir() == "new"]
    for key, message in new:
        incoming.take(box.get_bytes(key), at=clock.now())
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
    return len(new)


def _told(raw: bytes) -> str:
    taken = incoming.take(raw, at=clock.now())
    if taken is None:
        return _("The report changes nothing.")
    if not isinstance(taken, IncomingLetter):
        return _("The report is kept with letter %(number)s.") % {"number": taken.letter_id}
    if taken.state == IncomingLetter.State.FILED:
        return _("Filed with %(about)s.") % {"about": taken.about}
    return _("Held for somebody to look at: %(reason)s") % {"reason": taken.get_reason_display()}


def _try(options: argparse.Namespace) -> None:
    from django.utils.translation import get_language

    operations.write(
        to=options.address,
        language=get_language() or "nb",
        template="mail/letters/trial.txt",
        context={},
        purpose="trial",
        by="system:mail",
        at=clock.now(),
    )
    print(_("The letter waits to be sent: samtall mail send"))
