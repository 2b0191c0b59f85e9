"""XML of strangers, read piece by piece."""

from typing import Any
from xml.parsers import expat

from samtall.base.archive import BadArchive

MOST_DEPTH = 200


class StreamedXml:
    """Feeds one XML part to a parser that refuses document types and entities. Call it with each piece, then b""."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.depth = 0

    def __call__(self, piece: bytes) -> None:
        try:
            self.parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise BadArchive("markup") from error

    def _refuse(self, *_declaration: Any) -> int:
        raise BadArchive("entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise BadArchive("depth", found=f"> {MOST_DEPTH}", limit=str(MOST_DEPTH))
        self.starts(name if ":" not in name else name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.ends(name if ":" not in name else name.rpartition(":")[2])

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        """An element starts; its name is without prefix."""

    def ends(self, name: str) -> None:
        """An element ends; its name is without prefix."""
