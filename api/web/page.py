"""The one way from a frozen view to HTML, and what every page has in common.

Autoescape is on for every template and a name a view lacks is an error, never an empty place.
The pages themselves stand beside their views: ncp_pages, smp_pages, verdict_page, home_pages,
notice_pages. Headers are `api.web.security`.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from api.web.phrase import Phrase, as_text, foreign
from api.web.security import CSRF_FIELD
from api.web.words import counted

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC_DIR = Path(__file__).parent / "static"
"""Files served as they are under `Site.static`: the style sheet and the icon."""

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Site:
    """Whose pages these are: the name in the header, a line on what it is, and its addresses.

    `demo` puts the word DEMO into the header of every page.
    """

    name: str
    about: str
    home: str = "/"
    static: str = "/static"
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class Form:
    """Where a form of ours posts to, and its CSRF token."""

    action: str
    csrf: str


@dataclass(frozen=True)
class Link:
    """An address of ours or a public one, with the words to press."""

    url: str
    words: str


@dataclass(frozen=True)
class Fact:
    """One labelled value, such as a row of what will be sent."""

    label: str
    value: Phrase


@dataclass(frozen=True)
class Steps:
    """The step indicator: all labels, and which is the present one, counted from 1."""

    labels: tuple[str, ...]
    current: int


class View(Protocol):
    """What every view has."""

    @property
    def site(self) -> Site:
        """The site the page belongs to."""


@cache
def environment() -> "Environment":
    """Return the template environment; built at the first page, not at import."""
    # Here and not above: the command line tells a verdict by these views without any HTML.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(as_text=as_text, counted=counted, foreign=foreign)
    env.globals.update(csrf_field=CSRF_FIELD, style_version=_version("site.css"))
    return env


def render(template: str, view: View, *, steps: Steps | None = None) -> str:
    """Return the HTML of one page.

    Args:
        template: path below templates/.
        view: all the page shows; templates reach nothing else.
        steps: for pages that are part of a way.
    """
    return environment().get_template(template).render(view=view, steps=steps)


def _version(name: str) -> str:
    """Return a short digest, so that a browser may keep the file until it changes."""
    return sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:12]
