"""Read a page as a browser would, for tests: elements in order, labels, ids, and whether it nests.

Only the standard library's parser; what it does not forgive (an open element, a stray end) is an
AssertionError.
"""

from html.parser import HTMLParser
from typing import NamedTuple

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Element(NamedTuple):
    """One element: tag, attributes, and the tags around it from the outside in."""

    tag: str
    attributes: dict[str, str]
    path: tuple[str, ...]


class Page(HTMLParser):
    """All elements of a page, and its text without script."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}"
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes, tuple(self._open)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"stray end of {tag}"
        assert self._open[-1] == tag, f"{tag} ends inside {self._open[-1]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if "script" not in self._open:
            self.text += data

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with one of these tags, in order."""
        return [element for element in self.elements if element.tag in tags]

    def ids(self) -> list[str]:
        """Return every id on the page."""
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]
