"""Plain data packed to bytes, for what is large and read as a whole."""

import json
import zlib
from typing import Any

QUICK = 1  # a little larger, several times faster


def packed(plain: Any) -> bytes:
    """Plain data as bytes; half surrogates, which a damaged text may hold, survive."""
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), QUICK)


def unpacked(content: bytes | memoryview) -> Any:
    """What `packed` was given."""
    return json.loads(zlib.decompress(bytes(content)))
