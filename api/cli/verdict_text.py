"""The verdict on a terminal: the same band, sentence and five lines as on the page."""

from api.web.page import Site
from api.web.phrase import as_text
from api.web.verdict_page import CardView, LineView
from api.web.verdict_words import verdict_view
from licenses.model.verdict import DocumentVerdict, Expectation

_SIGNS = {"good": "✔", "partial": "◐", "open": "▲", "bad": "✖"}
_LABEL_WIDTH = 11
_TERMINAL = Site(name="license-exchange", about="the verdict on a terminal")


def verdict_text(verdict: DocumentVerdict, expected: Expectation) -> str:
    """Return the verdict in words, one block a license, worst first, then the document itself."""
    view = verdict_view(verdict, site=_TERMINAL, expected=expected, zone="UTC")
    blocks = ["\n".join(_card(card)) for card in view.cards]
    carrier = "\n".join(_line(line) for line in view.carrier)
    return "\n\n".join((*blocks, carrier))


def _card(card: CardView) -> list[str]:
    about = f": {card.band.about}" if card.band.about else ""
    terms = (*card.terms.may, *card.terms.may_not, *card.terms.only_with)
    scope = [
        *(f"only for: {one.text}" for one in card.terms.only_for),
        *(f"not for: {one.text}" for one in card.terms.not_for),
    ]
    return [
        f"{_SIGNS[card.band.tone]} {card.band.words.upper()}{about}",
        as_text(card.sentence),
        *(f"  - {term}" for term in (*terms, *scope)),
        *(_line(line) for line in card.lines),
        *(f"→ {advice.text}" for advice in card.advice),
    ]


def _line(line: LineView) -> str:
    codes = ", ".join(why.code for why in line.whys)
    return f"{line.label:<{_LABEL_WIDTH}}{as_text(line.answer)}" + (f" [{codes}]" if codes else "")
