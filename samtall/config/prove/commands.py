"""`samtall prove`: show that what is promised holds, or that a proof can fail."""

import argparse
from typing import Any

from samtall.config.prove import registry


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    prove = commands.add_parser("prove", help="try out, on a throw-away database, that what is promised holds")
    prove.add_argument("name", nargs="?", choices=["all", *registry.NAMES], help="which promise; without: list them")
    prove.add_argument(
        "--weakened", action="store_true", help="take each protection away in turn; the proof must then fail"
    )
    prove.add_argument(
        "--small", action="store_true", help="a few seconds of it, to see that it works; the full size is what counts"
    )
    prove.set_defaults(run=_prove)


def _prove(options: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from samtall.config.prove.throwaway import ground
    from samtall.config.prove.trying import holds, notices

    if options.name is None:
        for proof in registry.proofs():
            print(f"{proof.name:<10} {proof.promise}")
        return 0
    chosen = registry.proofs() if options.name == "all" else [registry.named(options.name)]
    attempt = notices if options.weakened else holds
    wrong = []
    with ground() as place:
        for proof in chosen:
            print(f"{proof.name}: {proof.promise}", flush=True)
            if not attempt(proof, place, "small" if options.small else "full"):
                wrong.append(proof.name)
    if wrong:
        print("✗ " + _("Not as promised: %(names)s") % {"names": ", ".join(wrong)})
    else:
        print("✓ " + (_("Every weakness was noticed.") if options.weakened else _("Everything holds.")))
    return 1 if wrong else 0
