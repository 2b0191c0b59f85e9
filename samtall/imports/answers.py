"""What a person has answered about a spreadsheet in the browser, instead of going back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answers:
    """Answers by the row's number in the workbook, and by how an organisation is written."""

    cells: dict[int, dict[str, str]] = field(default_factory=dict)  # field code → what should stand there
    skipped: set[int] = field(default_factory=set)
    organisations: dict[str, dict[str, Any]] = field(default_factory=dict)  # see matching.Chosen
    overlaps: dict[int, dict[str, Any]] = field(default_factory=dict)  # by first row; see overlaps.Decision

    def to_plain(self) -> dict[str, Any]:
        return {
            "cells": {str(row): said for row, said in self.cells.items()},
            "skipped": sorted(self.skipped),
            "organisations": self.organisations,
            "overlaps": {str(row): said for row, said in self.overlaps.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Answers":
        return cls(
            {int(row): said for row, said in plain.get("cells", {}).items()},
            set(plain.get("skipped", ())),
            dict(plain.get("organisations", {})),
            {int(row): said for row, said in plain.get("overlaps", {}).items()},
        )
