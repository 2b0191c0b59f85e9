"""Notes are C2SP's: the examples of its specifications and of Go's reference implementation are known answers."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtall.ledger.notes import Signature, Signer, Verifier

# golang.org/x/mod/sumdb/note, note_test.go
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def test_a_signer_signs_byte_for_byte_as_the_reference_implementation_does() -> None:
    signer = Signer.read(SIGNER)
    assert (str(signer), str(signer.verifier)) == (SIGNER, VERIFIER)
    assert signer.sign(TEXT) == f"{TEXT}\n{LINE}\n"


def test_a_verifier_accepts_what_the_reference_implementation_signed() -> None:
    verifier, signature = Verifier.read(VERIFIER), Signature.read(LINE)
    assert signature.is_by(verifier)
    assert verifier.signed(TEXT, signature.bytes)
    assert not verifier.signed(TEXT.replace("answer", "Answer"), signature.bytes)


@pytest.mark.parametrize("position", range(len(VERIFIER)))
def test_a_mangled_verifier_key_is_none(position: int) -> None:
    mangled = VERIFIER[:position] + chr(ord(VERIFIER[position]) + 1) + VERIFIER[position + 1 :]
    with pytest.raises(ValueError):
        Verifier.read(mangled)


@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",  # too long, with its own id
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",  # an unknown algorithm, with its own id
        "",
        "PeterNeumann",
        SIGNER,
    ],
)
def test_other_keys_are_no_verifier_keys(key: str) -> None:
    with pytest.raises(ValueError):
        Verifier.read(key)


def test_a_secret_key_is_not_shown_by_its_repr() -> None:
    seed = base64.b64encode(Signer.read(SIGNER).seed).decode()
    assert seed not in repr(Signer.read(SIGNER))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_a_new_key_signs_holds_and_nothing_else_does(text: str) -> None:
    signer = Signer.new("bok.example")
    line = signer.sign(text + "\n").rstrip("\n").rpartition("\n")[2]
    assert signer.verifier.signed(text + "\n", Signature.read(line).bytes)
    assert not signer.verifier.signed(text, Signature.read(line).bytes)
