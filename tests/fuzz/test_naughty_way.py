"""One license full of naughty strings goes the whole way and is read as text at every stop.

Beside it goes a license of the same holder with harmless words in the same places: check page,
and answer have the very same elements for both, and receipt and transcript hold every string.
A third and a fourth get their texts by a correction, and are looked at on the check page.
"""

import base64
import json
import re
import subprocess
from typing import Any, NamedTuple

import httpx
import pytest

from api.demo.people import KARI
from tests.exchange.browser import Browser, Screen
from tests.exchange.sites import NORTH, Sites
from tests.exchange.walking import asked, consented, logged_in, returned, sent_elmo
from tests.fuzz.callers import Actors
from tests.fuzz.naughty import KINDS, Fate
from tests.unit.page_reading import Page


def _sealable(text: str) -> bool:
    """Say whether a title may be so: the rules before the seal want a letter of its language."""
    return any(char.isascii() and char.isalpha() for char in text)


NAUGHTY = tuple(
    text
    for fate, texts in KINDS.values()
    if fate is Fate.KEPT
    for text in tuple(filter(_sealable, texts))[::17]
)[:100]
LAWS = 20
"""So many stand as the law a license is founded on, which the transcript does not print."""

HARMLESS = tuple(f"harmless {n}" for n in range(len(NAUGHTY)))


class Stops(NamedTuple):
    """What is seen of one license on its way."""

    check: Screen
    verdict: Screen
    receipt: str
    transcript: str


def _application(texts: tuple[str, ...], number: str, profession: str) -> dict[str, Any]:
    name = KARI.person.current_name
    return {
        "number": number,
        "profession": profession,
        "kind": "full",
        "territories": [{"area": "NO"}],
        "validFrom": "2026-01-01",
        "validUntil": "2030-12-31",
        "recognition": "national-training",
        "legalBasis": texts[:LAWS],
        "scope": [
            {"activity": f"a{n}", "titles": [{"lang": "en", "text": text}]}
            for n, text in enumerate(texts[LAWS:60])
        ],
        "specialities": [
            {
                "code": f"s{n}",
                "titles": [{"lang": "en", "text": text}],
                "period": {"starts": "2026-01-01"},
            }
            for n, text in enumerate(texts[60:])
        ],
        "holder": {
            "names": [{"given": name.given, "family": name.family}],
            "birthDate": KARI.person.birth_date.isoformat(),
            "identifiers": [one.model_dump() for one in KARI.identifiers],
        },
    }


def _issued(sites: Sites, actors: Actors, application: dict[str, Any]) -> str:
    """Issue a license over HTTP, and return its id."""
    clerk, officer, *_ = actors.tokens
    filed = _posted(sites, clerk, "/v1/licenses", application, f"{application['number']} 1")
    path = filed.headers["location"]
    _posted(sites, officer, f"{path}/decisions", {"event": "issue"}, f"{application['number']}2")
    return str(path.rpartition("/")[2])


def _posted(
    sites: Sites, token: str, path: str, body: object, key: str, *, version: int = 1
) -> httpx.Response:
    headers = {
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": key.replace(" ", "-"),
        "If-Match": f'"{version}"',
    }
    request = httpx.Request("POST", f"{NORTH}{path}", json=body, headers=headers)
    answer = sites.servers.by_origin[NORTH].answer(request)
    assert answer.status_code == 201, answer.text
    return answer


def _check(browser: Browser, license_id: str) -> Screen:
    """Return the page on which the holder sees all of one license before it is sent."""
    choice = logged_in(browser, asked(browser, KARI), KARI)
    form = choice.form("/licenses")
    ticked = [("csrf", form.value("csrf")), ("license", license_id)]
    return browser.post(form.action, ticked, at=choice.url)


def _walked(sites: Sites, browser: Browser, license_id: str) -> Stops:
    check = _check(browser, license_id)
    sending = consented(browser, check)
    verdict = returned(browser, sending)
    receipt = browser.get(f"{verdict.url}/verdict.json").response.text
    return Stops(check, verdict, receipt, _printed(sent_elmo(sites, sending)))


def _printed(elmo: bytes) -> str:
    """Return what the transcript of an ELMO prints, without the spaces of its lines."""
    found = re.search(rb"data:application/pdf;base64,([A-Za-z0-9+/=\s]+)", elmo)
    assert found is not None
    pdf = base64.b64decode(found.group(1))
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return _close(run.stdout.decode())


def _close(text: str) -> str:
    """Return a text without what a line's end may add or take: spaces, and hyphens."""
    return re.sub(r"[\s\u200b-]", "", text)


@pytest.fixture(scope="module")
def stops(fuzzed_sites: Sites, actors: Actors) -> tuple[Stops, Stops]:
    """The naughty license and the harmless one, each on its way."""
    ids = [
        _issued(fuzzed_sites, actors, _application(texts, number, actors.profession))
        for texts, number in ((NAUGHTY, "NAUGHTY 1"), (HARMLESS, "HARMLESS 1"))
    ]
    naughty, harmless = (_walked(fuzzed_sites, fuzzed_sites.browser(), one) for one in ids)
    return naughty, harmless


def _shape(screen: Screen) -> list[tuple[str, list[str]]]:
    return [(one.tag, sorted(one.attributes)) for one in Page(screen.html).elements]


@pytest.mark.parametrize("stop", ["check", "verdict"])
def test_a_page_shows_every_string_as_text(stops: tuple[Stops, Stops], stop: str) -> None:
    naughty, harmless = (getattr(one, stop) for one in stops)

    assert naughty.status == 200
    shown = Page(naughty.html).text
    assert [text for text in NAUGHTY if text not in shown] == []
    assert _shape(naughty) == _shape(harmless)


def test_the_receipt_holds_every_string_as_it_is(stops: tuple[Stops, Stops]) -> None:
    receipt = json.dumps(json.loads(stops[0].receipt), ensure_ascii=False)

    assert [
        one for one in NAUGHTY if json.dumps(one, ensure_ascii=False)[1:-1] not in receipt
    ] == []


def test_the_transcript_prints_every_string_and_runs_none(stops: tuple[Stops, Stops]) -> None:
    printed = stops[0].transcript

    assert [text for text in NAUGHTY[LAWS:] if _close(text) not in printed] == []


def _corrected(sites: Sites, actors: Actors, texts: tuple[str, ...], number: str) -> Screen:
    """Issue a harmless license, put these texts where a correction may, and show it."""
    _, officer, *_ = actors.tokens
    application = _application(HARMLESS, number, actors.profession)
    license_id = _issued(sites, actors, application)
    own, english, profession, *laws = texts
    correction = {
        "titles": [{"lang": "nb", "text": own}, {"lang": "en", "text": english}],
        "professionTitles": [{"lang": "nb", "text": own}, {"lang": "en", "text": profession}],
        "licenseLegalBasis": laws[:LAWS],
    }
    path = f"/v1/licenses/{license_id}/corrections"
    _posted(sites, officer, path, correction, f"{number}3", version=2)
    return _check(sites.browser(), license_id)


def test_what_a_license_is_corrected_to_is_shown_as_text(
    fuzzed_sites: Sites, actors: Actors
) -> None:
    texts = NAUGHTY[1::3][: LAWS + 3]

    harmless = _corrected(fuzzed_sites, actors, HARMLESS[: LAWS + 3], "CORRECTED 1")
    naughty = _corrected(fuzzed_sites, actors, texts, "CORRECTED 2")

    shown = Page(naughty.html).text
    assert naughty.status == 200
    assert [text for text in texts if text not in shown] == []
    assert _shape(naughty) == _shape(harmless)
