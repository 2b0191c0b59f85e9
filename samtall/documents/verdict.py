"""What the guard says of a file. Plain data: it crosses from the child process."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """A code of the bad-input catalogue (F1–F6), and what its message needs."""

    code: str
    found: str = ""
    limit: str = ""


class DocumentBad(Exception):
    """Raised by the guard with its verdict."""

    def __init__(self, code: str, found: str = "", limit: str = "") -> None:
        super().__init__(code)
        self.verdict = Verdict(code, found, limit)
