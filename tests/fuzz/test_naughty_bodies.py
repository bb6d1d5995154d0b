"""Naughty strings in every field of every body about a license that exists, and in identifiers.

Which fields those are is read from the models (`tests.fuzz.text_fields`); a new free text fails
here until it is read back. Each turn puts a string into every place there is for one: those the
register does not keep are named, with nothing changed, and the rest is given back. The texts of
an application are in `test_naughty_api`.
"""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

import pytest
from httpx import Response

from licenses.services.rulings import Restrict, Ruling, Suspend
from tests.api.authority import AuthorityServer, application_body, holder_body
from tests.api.refusals import assert_nothing_changes, changed
from tests.api.test_field_errors import BODIES, MODELS
from tests.fuzz.naughty import KINDS, Fate, nfc, some
from tests.fuzz.text_fields import Leaf, at, free_texts, leaves, put

_TEXTS = some(3)
_FATES = {text: fate for fate, texts in KINDS.values() for text in texts}
_ANY_FORM = re.compile(r"[A-Za-z0-9 ./:-]*")
"""What a word, a number or a day may be made of."""
_FORMLESS = tuple(text for text in some(2) if not _ANY_FORM.fullmatch(text))

_BECAUSE = ("unsafe-practice",)
_LIMIT = Restrict(reason_codes=_BECAUSE, term_codes=("supervision.direct",))


def _issued(server: AuthorityServer, *rulings: Ruling) -> str:
    receipt = server.desk.issued()
    for ruling in rulings:
        server.desk.effective(receipt, ruling)
    return f"/v1/licenses/{receipt.license_id}"


_READY: Mapping[str, Callable[[AuthorityServer], str]] = {
    "IssueBody": AuthorityServer.applied,
    "RefuseBody": AuthorityServer.applied,
    "LiftBody": lambda server: _issued(server, _LIMIT),
    "ReinstateBody": lambda server: _issued(server, Suspend(reason_codes=_BECAUSE)),
}
"""The license a body can be about, where an issued one is none; its path."""

_DECISIONS = tuple(name for name in MODELS if name != "ApplicationBody")


class About:
    """A license a body can be about, and the body with as many entries in each list as may be."""

    def __init__(self, name: str) -> None:
        self.server = AuthorityServer()
        self.path = _READY.get(name, _issued)(self.server)
        address, right, _ = BODIES[name]
        self._address = f"{self.path}/{address}"
        self.fields = free_texts(MODELS[name])
        self.body = self._full(right)

    def _full(self, right: dict[str, Any]) -> dict[str, Any]:
        body = deepcopy(right)
        body.pop("effectiveFrom", None)
        if "encumbranceId" in body:
            (limit,) = self.server.get("olga", self.path).json()["encumbrances"]
            body["encumbranceId"] = limit["encumbranceId"]
        for field in self.fields:
            _fill(body, field)
        for name in body.get("holder", {}).get("names", [])[1:]:
            name["type"] = "former"
        return body

    def sent(self, body: object) -> Response:
        """Post a body from the version the license has."""
        headers = self.server.headers(
            "olga", If_Match=self.server.etag(self.path), Content_Type="application/json"
        )
        content = json.dumps(body).encode()
        return self.server.client.request("POST", self._address, content=content, headers=headers)

    def refused(self, body: dict[str, Any]) -> set[str]:
        """Return the places a refusal names; none of them where the body is right."""
        wrong = body | {"colour": "red"}
        answer = assert_nothing_changes(self.server, partial(self.sent, wrong))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-fields")
        assert all(one["code"] and one["message"] for one in answer.json()["errors"])
        return {one["field"] for one in answer.json()["errors"]} - {"colour"}

    def shown(self, taken: Response) -> dict[str, Any]:
        """Return what was posted as it is read again, in the words of the body."""
        history = self.server.get("olga", f"{self.path}/decisions").json()
        recorded = [*history["decisions"], *(one["decision"] for one in history["proposals"])]
        (decision,) = (one for one in recorded if one["decisionId"] == taken.json()["decisionId"])
        license_ = self.server.get("olga", self.path).json()
        return {
            "legalBasis": decision["legalBasis"],
            "licenseLegalBasis": license_["grant"]["legalBasis"],
            "titles": license_["grant"]["titles"],
            "professionTitles": license_["grant"]["profession"]["titles"],
            "holder": license_["holder"],
        }


def _fill(body: dict[str, Any], field: Leaf) -> None:
    """Let the outermost list around a field have as many copies of its entry as it may."""
    around, listed, _ = field.path.partition(".0")
    if listed:
        put(body, around, [deepcopy(at(body, around)[0]) for _ in range(field.most)])


def _of_turn(fields: tuple[Leaf, ...], turn: int) -> dict[str, str]:
    """Return which text stands in which place; every field meets every text in its turns."""
    return {
        place: _TEXTS[(turn * field.most + n) % len(_TEXTS)]
        for field in fields
        for n, place in enumerate(field.places())
    }


def _turns(fields: tuple[Leaf, ...]) -> range:
    return range(-(-len(_TEXTS) // min(field.most for field in fields)))


@pytest.mark.parametrize("name", _DECISIONS)
def test_every_text_of_a_body_is_refused_by_name_or_given_back(name: str) -> None:
    fields = free_texts(MODELS[name])
    for turn in _turns(fields):
        about, texts = About(name), _of_turn(fields, turn)
        for place, text in texts.items():
            put(about.body, place, text)
        named = about.refused(about.body)

        assert {place for place in texts if _FATES[texts[place]] is Fate.REFUSED} <= named
        assert named <= {place for place in texts if _FATES[texts[place]] is not Fate.KEPT}
        _assert_given_back(about, texts | dict.fromkeys(named, "harmless"))


def _assert_given_back(about: About, texts: dict[str, str]) -> None:
    for place, text in texts.items():
        put(about.body, place, text)
    taken = about.sent(about.body)
    assert taken.status_code in (201, 202), taken.text
    shown = about.shown(taken)
    assert {place: at(shown, place) for place in texts} == {
        place: nfc(text) for place, text in texts.items()
    }


@pytest.mark.parametrize("name", MODELS)
def test_every_other_field_of_a_body_refuses_them_by_its_name(name: str) -> None:
    server, (address, right, _) = AuthorityServer(), BODIES[name]
    path = f"{server.issued()}/{address}" if address else "/v1/licenses"
    coded = [field.path for field in leaves(MODELS[name]) if not field.free]
    for text in _FORMLESS:
        body = right
        for place in coded:
            body = changed(body, place, text)
        post = partial(server.post, "olga", path, body, If_Match='"2"')
        answer = assert_nothing_changes(server, post)

        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-fields")
        assert {one["field"] for one in answer.json()["errors"]} == set(coded), text
        assert len(text) < 10 or text not in answer.text


@pytest.mark.parametrize("name", ["country", "type", "value"])
def test_an_identifier_of_naughty_text_is_refused_by_name_or_never_shown(name: str) -> None:
    server = AuthorityServer()
    right = {"country": "NO", "type": "national-id", "value": "17058800000"}
    for number, text in enumerate(some(2)):
        body = application_body(
            number=f"HPR {number}", holder=holder_body(identifiers=[right | {name: text}])
        )
        before = server.desk.stored()
        answer = server.post("clara", "/v1/licenses", body)
        if answer.status_code == 201:
            assert _ANY_FORM.fullmatch(text)
            read = server.get("clara", answer.headers["location"]).json()
            assert "identifiers" not in read["holder"]
            assert text not in json.dumps(read["holder"], ensure_ascii=False)
        else:
            assert answer.status_code == 422, answer.text
            errors = answer.json()["errors"]
            assert [one["field"] for one in errors] == [f"holder.identifiers.0.{name}"]
            assert len(text) < 10 or text not in answer.text
            assert server.desk.stored() == before
