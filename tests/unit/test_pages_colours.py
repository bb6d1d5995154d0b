"""Colours that stand on each other have the contrast of WCAG 2.2 AA, light, dark and in print."""

import re

import pytest

from api.web.page import STATIC_DIR

_CSS = (STATIC_DIR / "site.css").read_text(encoding="utf-8")
_ROOTS = re.findall(r":root \{(.*?)\}", _CSS, re.DOTALL)
SCHEMES = {
    name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    for name, block in zip(("light", "dark", "print"), _ROOTS, strict=True)
}
SCHEMES["print"] = {**SCHEMES["light"], **SCHEMES["print"]}
TEXT_ON = [
    *(
        (front, back)
        for front in ("ink", "muted", "accent", "accent-deep")
        for back in ("page", "soft")
    ),
    *((signal, "page") for signal in ("good", "partial", "open", "bad")),
    *(("on-signal", signal) for signal in ("good", "partial", "open", "bad")),
    ("on-focus", "focus"),
]
EDGES_ON = [("edge", "page"), ("accent", "page"), ("bad", "page"), ("ink", "page")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), TEXT_ON)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    assert _contrast(SCHEMES[scheme][front], SCHEMES[scheme][back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("back", ["accent", "accent-deep"])
def test_the_words_on_a_button_can_be_read(scheme: str, back: str) -> None:
    assert _contrast(SCHEMES[scheme]["on-accent"], SCHEMES[scheme][back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), EDGES_ON)
def test_the_edge_of_a_field_can_be_seen(scheme: str, front: str, back: str) -> None:
    assert _contrast(SCHEMES[scheme][front], SCHEMES[scheme][back]) >= 3


def test_the_style_sheet_loads_nothing() -> None:
    assert "url(" not in _CSS
    assert "@import" not in _CSS


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
