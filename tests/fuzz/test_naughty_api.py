"""Naughty strings in every text of an application: refused by name, or given back as sent.

Many of them go in one body, each at a place of its own, in turns; every sort of place meets every
kind. A refusal must name the very places that were wrong: with these left out, the rest is taken.
The bodies about a license that exists are in `test_naughty_bodies`.
"""

import json
import re
from functools import partial
from typing import Any

import pytest
from httpx import Response

from api.schemas.licenses import ApplicationBody
from tests.api.authority import AuthorityServer, application_body
from tests.api.refusals import assert_nothing_changes
from tests.fuzz.naughty import KINDS, Fate, nfc, some
from tests.fuzz.text_fields import at, free_texts, put

_TITLE = {"lang": "nb", "text": "Sykepleier"}
_PLACES = (
    *(f"titles.{n}.text" for n in range(20)),
    *(f"legalBasis.{n}" for n in range(20)),
    *(f"specialities.{n}.titles.0.text" for n in range(20)),
    *(f"scope.{n}.titles.0.text" for n in range(20)),
    *(f"holder.names.{n}.given" for n in range(10)),
    *(f"holder.names.{n}.family" for n in range(10)),
)
"""Where an application takes a text."""

_TURNS, _SHIFT = 2, 20
"""How often the texts of a kind are sent, and how many places further on they stand each time."""


def _plain(number: int) -> dict[str, Any]:
    """Return an application with a harmless text in every place."""
    period = {"starts": "2026-01-01"}
    names = [{"given": "A", "family": "B", "type": "former"}] * 9
    return application_body(
        number=f"HPR {number}",
        titles=[dict(_TITLE) for _ in range(20)],
        legalBasis=["§ 48"] * 20,
        specialities=[
            {"code": f"s{n}", "titles": [dict(_TITLE)], "period": dict(period)} for n in range(20)
        ],
        scope=[{"activity": f"a{n}", "titles": [dict(_TITLE)]} for n in range(20)],
        holder={
            "names": [{"given": "A", "family": "B"}, *(dict(one) for one in names)],
            "birthDate": "1988-05-17",
        },
    )


def _sent(server: AuthorityServer, body: object) -> Response:
    headers = server.headers("clara", Content_Type="application/json")
    # As ASCII: what half a character is can be written in JSON, and not in UTF-8.
    content = json.dumps(body).encode()
    return server.client.request("POST", "/v1/licenses", content=content, headers=headers)


def test_the_places_are_of_every_text_the_application_declares() -> None:
    """So that a new text is refused or given back here before anybody sends one."""
    sorts = {re.sub(r"\.[0-9]+", ".0", place) for place in _PLACES}

    assert sorts == {field.path for field in free_texts(ApplicationBody)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_an_application_is_refused_by_name_or_given_back(kind: str) -> None:
    server, (fate, texts) = AuthorityServer(), KINDS[kind]

    for turn in range(_TURNS):
        body = _plain(turn)
        for n, place in enumerate(_PLACES):
            put(body, place, texts[(n + turn * _SHIFT) % len(texts)])
        named = _refused_places(server, body)
        for place in named:
            put(body, place, "harmless")
        if fate is not Fate.MIXED:
            assert named == (set() if fate is Fate.KEPT else set(_PLACES))
        _assert_given_back(server, body)


def _refused_places(server: AuthorityServer, body: Any) -> set[str]:
    """Return the places a refusal names; none where the application is taken."""
    answer = assert_nothing_changes(server, lambda: _sent(server, body | {"kind": "unheard of"}))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-fields")
    return {one["field"] for one in answer.json()["errors"]} - {"kind"}


def _assert_given_back(server: AuthorityServer, body: dict[str, Any]) -> None:
    answer = _sent(server, body)
    assert answer.status_code == 201, answer.text
    shown = _shown(server, answer)
    assert {place: at(shown, place) for place in _PLACES} == {
        place: nfc(at(body, place)) for place in _PLACES
    }


def _shown(server: AuthorityServer, taken: Response) -> dict[str, Any]:
    """Return what was applied for as it is read again, in the words of an application."""
    license_: dict[str, Any] = server.get("clara", taken.headers["location"]).json()
    return {**license_["grant"], "holder": license_["holder"]}


_CODED = (
    "number", "profession", "kind", "jurisdiction", "recognition", "validFrom",
    "territories.0.area", "titles.0.lang", "specialities.0.code", "scope.0.activity",
    "holder.birthDate",
    "specialities.0.period.starts", "holder.names.0.type",
)  # fmt: skip
"""Places that take a word, a number or a day, and no free text."""


@pytest.mark.parametrize("place", _CODED)
def test_where_no_free_text_belongs_it_is_refused_by_name(place: str) -> None:
    server, body = AuthorityServer(), _plain(1)
    for text in some(5):
        put(body, place, text)
        answer = _sent(server, body)
        if answer.status_code == 201:
            assert text.isascii()
            assert not set(text) & set("<>\"'&{}()[]$%#;`\\|=@")
            assert at(_shown(server, answer), place) == text
            body["number"] += "1"
        elif answer.status_code == 409:
            # `null` and `NULL` are one number.
            assert answer.json()["code"] == "number-taken"
        else:
            assert answer.status_code == 422, answer.text
            assert {one["field"] for one in answer.json()["errors"]} <= {place, "holder.names"}
            assert len(text) < 10 or text not in answer.text


@pytest.mark.parametrize("name", ["status", "profession", "holderId", "number", "cursor", "limit"])
def test_a_naughty_parameter_is_refused_by_name_or_finds_nothing(name: str) -> None:
    server = AuthorityServer()
    server.issued()
    for text in some(6):
        answer = server.client.request(
            "GET",
            "/v1/licenses",
            params={name: text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
            headers=server.headers("olga"),
        )
        if answer.status_code == 200:
            assert answer.json() == {"licenses": [], "nextCursor": None}
        else:
            assert answer.status_code == 422
            assert [one["field"] for one in answer.json()["errors"]] == [name]
            assert len(text) < 10 or text not in answer.text


def test_a_naughty_name_of_a_field_is_not_repeated() -> None:
    server = AuthorityServer()
    for text in some(6):
        body = application_body() | {text: "x"}
        answer = assert_nothing_changes(server, partial(_sent, server, body))

        assert answer.status_code == 422
        assert len(text) < 10 or text not in answer.text
