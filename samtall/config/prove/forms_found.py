"""The forms of a page, as a browser finds them: where each goes, and what it would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

#: What is not for people to write in.
FIXED = ("csrfmiddlewaretoken", "token")


@dataclass
class FoundForm:
    """`fields` are its names with what stands in them; `files` are the names of those that take a file."""

    address: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def writable(self) -> list[str]:
        return [name for name in self.fields if name not in FIXED]


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[FoundForm] = []
        self._open: FoundForm | None = None
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._open = FoundForm(urljoin(self.page, said.get("action", "")))
            self.found.append(self._open)
        elif self._open is not None:
            self._field(tag, said, self._open)

    def _field(self, tag: str, said: dict[str, str], form: FoundForm) -> None:
        name = said.get("name", "")
        if tag == "option" and self._select and ("selected" in said or not form.fields.get(self._select)):
            form.fields[self._select] = said.get("value", "")
        elif not name:
            return
        elif tag == "select":
            form.fields[name], self._select = "", name
        elif tag == "textarea":
            form.fields[name], self._textarea = "", name
        elif said.get("type") == "file":
            form.files.append(name)
        elif tag == "input" and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            form.fields[name] = said.get("value", "")
        elif tag in ("input", "button"):
            form.fields.setdefault(name, said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def forms_on(page: str, html: str) -> list[FoundForm]:
    reader = _Reader(page)
    reader.feed(html)
    return reader.found
