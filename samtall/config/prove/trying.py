"""Trying a proof in a process of its own, as it is delivered or with a protection taken away."""

import logging
import os
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from samtall.config.prove.proof import Figure, Proof, Size, Trial, Weakness
from samtall.config.prove.registry import named
from samtall.config.prove.throwaway import Ground

#: What the process answers when something did not hold; anything else but 0 means that it could not be tried.
BROKEN = 3
MOST_EXAMPLES = 5


def holds(proof: Proof, ground: Ground, size: Size) -> bool:
    """Whether the promise holds; its figures are printed as they come."""
    return _try(proof, ground, size, weakness=None) == 0


def notices(proof: Proof, ground: Ground, size: Size) -> bool:
    """Whether the proof fails with each of its protections taken away, one at a time."""
    noticed = []
    for weakness in proof.weaknesses:
        print(_("Without: %(protection)s") % {"protection": weakness.words}, flush=True)
        noticed.append(_try(proof, ground, size, weakness=weakness) == BROKEN)
        if not noticed[-1]:
            print("✗ " + _("That was not noticed, so this proof shows nothing."), flush=True)
    return all(noticed)


def _try(proof: Proof, ground: Ground, size: Size, *, weakness: Weakness | None) -> int:
    words = [sys.executable, "-m", "samtall.config.prove", proof.name, size, translation.get_language() or "nb"]
    words += [weakness.code] if weakness else []
    with ground.fresh() as environment:
        return subprocess.run(words, env=environment, check=False).returncode  # noqa: S603 - ours


def in_this_process(name: str, size: Size, weakness: str = "") -> int:
    """Try a proof here, on the database of this process; give 0, or BROKEN. A weakened one stops where it fails."""
    proof, begun, broken, language = named(name), time.monotonic(), False, translation.get_language() or "nb"
    taken_away = next((one.taken_away for one in proof.weaknesses if one.code == weakness), nullcontext)
    logging.disable(logging.ERROR)  # what goes wrong is counted
    with taken_away():
        for figure in proof.run(Trial(size, Path(os.environ["SAMTALL_DATA"]))):
            translation.activate(language)  # pages have been shown in others
            print(line(figure), flush=True)
            broken = broken or not figure.holds
            if weakness and broken:
                break
    seconds = time.monotonic() - begun
    print("  " + _("%(name)s: %(seconds).1f seconds") % {"name": name, "seconds": seconds}, flush=True)
    return BROKEN if broken else 0


def line(figure: Figure) -> str:
    """A figure in one line; what is wrong beneath it."""
    told = _("%(what)s: %(found)s (at most %(most)s) – %(tried)s") % {
        "what": figure.what,
        "found": f"{figure.found:g}{figure.unit}",
        "most": f"{figure.most:g}{figure.unit}",
        "tried": figure.tried,
    }
    if figure.holds:
        return f"✓ {told}"
    return "\n    ".join([f"✗ {told}", *figure.examples[:MOST_EXAMPLES]])
