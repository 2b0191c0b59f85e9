"""Every proof there is, in the order of `samtall prove all`."""

from importlib import import_module

from samtall.config.prove.proof import Proof

#: Each is a module of this folder with a PROOF of the same name. A new one gets a line here, and one in docs/prove.md.
NAMES = [
    "access",
    "disclosure",
    "erasure",
    "figures",
    "input",
    "mail",
    "probing",
    "restore",
    "retries",
    "spam",
    "tamper",
]


def proofs() -> list[Proof]:
    """Django must be set up."""
    return [named(name) for name in NAMES]


def named(name: str) -> Proof:
    proof = import_module(f"samtall.config.prove.{name}").PROOF
    assert isinstance(proof, Proof)
    return proof
