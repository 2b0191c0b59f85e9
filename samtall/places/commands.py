"""`samtall places load` and `samtall places fetch`."""

import argparse
from typing import Any

from django.utils.translation import gettext as _

from samtall.base import clock
from samtall.places.operations import Learnt, ensure_builtin, learn


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    places = commands.add_parser("places", help="municipalities over time")
    actions = places.add_subparsers(required=True, metavar="ACTION")
    load = actions.add_parser("load", help="see to it that Telemark's municipalities from 2010 are known")
    load.set_defaults(run=_load)
    fetch = actions.add_parser("fetch", help="fetch the whole country's municipalities from Statistics Norway")
    fetch.add_argument("--base-url", help="another address of the KLASS API")
    fetch.set_defaults(run=_fetch)


def _load(_options: argparse.Namespace) -> None:
    _tell(ensure_builtin(clock.now()))


def _fetch(options: argparse.Namespace) -> None:
    from samtall.places import klass  # the web client loads slowly; only this command waits for it

    _tell(learn(klass.fetch(clock.today(), base_url=options.base_url or klass.BASE_URL)))


def _tell(learnt: Learnt) -> None:
    print(
        _("%(names)s names or codes and %(transfers)s transfers were new or different.")
        % {"names": learnt.names, "transfers": learnt.transfers}
    )
