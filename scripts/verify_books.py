"""Are these the books that the checkpoints are of? Needs Python 3.11 and the package cryptography, and no net.

python verify_books.py BOOKS.jsonl VERIFIER-KEY CHECKPOINT [CHECKPOINT …] [PUBLICATION.json …]
BOOKS.jsonl is from `samtall books export`; a CHECKPOINT is any text with one in it, such as a saved letter; that of a
PUBLICATION, which is the file that its page gives out, must be among them.
"""

import json
import re
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def spelled(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode()


def hash_of(line: bytes, position: int, before: bytes) -> bytes:
    """The hash of a posting, which covers all before it. Raises an error unless every byte is as it was written."""
    said = json.loads(line)
    header = {"position": position} | {name: said[name] for name in ("at", "by", "source", "reason")}
    opened = [(bytes.fromhex(salt), contents) for salt, contents in said.get("open", [])]
    commitments = [sha256(salt + spelled(contents)).digest() for salt, contents in opened]
    commitments = commitments or [bytes.fromhex(one) for one in said["commitments"]]
    hash_ = sha256(before + spelled([*header.values()]) + b"".join(commitments)).digest()
    right = header | {"commitments": commitments, "hash": hash_} | ({"open": opened} if opened else {})
    if spelled(right) != line:
        raise ValueError("not as it was written")
    return hash_


place, signed, hashes = "", "", [bytes(32)]
try:
    books, key, *letters = sys.argv[1:]
    name, _, public = key.split("+", 2)
    for line in filter(None, Path(books).read_bytes().split(b"\n")):
        place = f"posting {len(hashes)}"
        hashes.append(hash_of(line, len(hashes), hashes[-1]))
    note = re.compile(rf"^(\S+\n(\d+)\n(\S{{44}})\n(?:.+\n)*)\n(?:— .+\n)*?— {re.escape(name)} (\S+)$", re.MULTILINE)
    for place in sorted(letters, key=lambda one: one.endswith(".json")):
        if place.endswith(".json"):
            if f" sha256:{sha256(Path(place).read_bytes()).hexdigest()}\n" not in signed:
                raise ValueError(f"not what {name} published, by these checkpoints")
            print(f"Right: {place} is what {name} published.")
        elif not (found := note.search(Path(place).read_text("utf-8"))):
            raise ValueError(f"no checkpoint that {name} signed")
        else:
            body, position, root, signature = found.groups()
            Ed25519PublicKey.from_public_bytes(b64decode(public)[1:]).verify(b64decode(signature)[4:], body.encode())
            if hashes[int(position) :][:1] != [b64decode(root)]:
                raise ValueError("of other books")
            signed += body
            print(f"Right: up to position {position} these are the books that {name} signed.")
    print(f"Whole: {len(hashes) - 1} postings, each as it was written, in an unbroken chain.")
except Exception as error:
    sys.exit(f"WRONG: {place}: {error!r}")
