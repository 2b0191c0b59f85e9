"""`samtall identities suspect`."""

import argparse
from typing import Any

from django.utils.translation import ngettext

from samtall.base import clock
from samtall.organisations import pile
from samtall.organisations.work import look_for_suspicions, start_over


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    identities = commands.add_parser("identities", help="who is who among those that take part")
    verbs = identities.add_subparsers(title="commands", metavar="COMMAND", required=True)
    suspect = verbs.add_parser(
        "suspect", help="look anew for who the names without a number may be, and who is there twice"
    )
    suspect.set_defaults(run=_suspect)


def _suspect(_options: argparse.Namespace) -> None:
    start_over()
    while look_for_suspicions(clock.now()):
        pass
    names, duplicates = len(pile.names_left()), len(pile.duplicates_left())
    print(
        ngettext("%(number)s name to clear up.", "%(number)s names to clear up.", names) % {"number": names},
        ngettext(
            "%(number)s organisation may stand there twice.",
            "%(number)s organisations may stand there twice.",
            duplicates,
        )
        % {"number": duplicates},
    )
