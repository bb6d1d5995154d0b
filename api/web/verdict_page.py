"""The verdict on a page: what is shown, as frozen values; `verdict_words` fills them.

A card a license: a band (sign, words, colour), one sentence to act on, five lines each with its
reasons one click away, the conditions, and what to do now. Several licenses are several cards,
worst first, under a summary. Print shows everything opened. Source: pages.md (Verdict).
"""

from dataclasses import dataclass

from api.web.page import Fact, Link, Site, Steps, render
from api.web.phrase import Part, Phrase


@dataclass(frozen=True, kw_only=True)
class Why:
    """One reason: stable code, the verifier's step (0: beside the steps), the sentence."""

    code: str
    step: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class LineView:
    """One of the five lines. `tone` is good, partial, open, bad or none."""

    label: str
    tone: str
    answer: Phrase
    whys: tuple[Why, ...]
    compared: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TermsView:
    """The conditions in three lists and the scope in two, in the authority's words; any empty."""

    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    only_for: tuple[Part, ...] = ()
    not_for: tuple[Part, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is a condition or a scope at all."""
        return any((self.may, self.may_not, self.only_with, self.only_for, self.not_for))


@dataclass(frozen=True, kw_only=True)
class Band:
    """The answer at a glance: `tone` colours it, `words` are the answer, `about` what it is of."""

    tone: str
    words: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One thing to do now, with an address where there is one."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class CardView:
    """One license, or the document itself where no license could be read from it.

    `facts` are empty where nothing of the content may be shown.
    """

    band: Band
    sentence: Phrase
    lines: tuple[LineView, ...]
    terms: TermsView
    advice: tuple[Advice, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Keep:
    """Where the receipt (JSON) and what was received can be downloaded; None: not offered."""

    receipt_url: str | None = None
    document_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class VerdictView:
    """The whole page.

    `asked` says whom and what the relying party expected, empty where nothing was asked;
    `summary` is "" for one license; `carrier` are the lines about the document that carried the
    licenses.
    """

    site: Site
    checked: str
    asked: Phrase
    summary: str
    cards: tuple[CardView, ...]
    carrier: tuple[LineView, ...]
    carrier_facts: tuple[Fact, ...]
    keep: Keep
    again: Link | None
    steps: Steps | None


def verdict_page(view: VerdictView) -> str:
    """Return the verdict."""
    return render("site/verdict.html", view, steps=view.steps)
