"""What the guard says of a file that must not be read further. Plain data: it crosses from the child process."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Why a file is refused: a code of the bad-input catalogue, a reason by name, and what the message needs.

    `row` and `column` are given where one cell is to blame; a row is counted from 1 as in a spreadsheet.
    """

    code: str
    reason: str
    found: str = ""
    limit: str = ""
    row: int = 0
    column: str = ""


class FileRefused(Exception):
    """Raised by the guard and the reader with the verdict on the file."""

    def __init__(self, code: str, reason: str, *, found: str = "", limit: str = "", row: int = 0) -> None:
        self.verdict = Verdict(code, reason, found, limit, row)
        super().__init__(f"{code} {reason}")
