"""Every body the description shows is one the server takes, where the license is ready for it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.authority import AuthorityServer
from tests.api.refusals import BECAUSE

_RESTRICT = {"event": "restrict", "termCodes": ["a"], **BECAUSE}
_BEFORE: dict[str, tuple[dict[str, Any], ...]] = {
    "issue": (),
    "refuse": (),
    "lift": ({"event": "issue"}, _RESTRICT),
    "reinstate": ({"event": "issue"}, {"event": "suspend", **BECAUSE}),
}
"""What was decided before an example makes sense; by itself, that the license was issued."""


def _described() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield address, name and value of every example of a body."""
    published = AuthorityServer().get(None, "/openapi.json").json()
    forms = published["components"]["schemas"]
    for path, operations in published["paths"].items():
        if "requestBody" not in operations.get("post", {}):
            continue
        content = operations["post"]["requestBody"]["content"]["application/json"]
        form = forms.get(content["schema"].get("$ref", "").rpartition("/")[2], {})
        for number, value in enumerate(form.get("examples", ())):
            yield path, str(number), value
        for name, example in content.get("examples", {}).items():
            yield path, name, example["value"]


DESCRIBED = tuple(_described())


def _effective(server: AuthorityServer, path: str, body: dict[str, Any]) -> None:
    answer = server.decided("olga", path, body)
    if answer.status_code == 202:
        address = f"{path}/decisions/{answer.json()['decisionId']}/approval"
        answer = server.post("otto", address, None, If_Match=server.etag(path))
    assert answer.status_code == 201, answer.text


def test_every_body_has_an_example() -> None:
    published = AuthorityServer().get(None, "/openapi.json").json()["paths"]
    with_body = {
        path
        for path, operations in published.items()
        if "requestBody" in operations.get("post", {})
    }

    assert {path for path, *_ in DESCRIBED} == with_body


@pytest.mark.parametrize(
    ("path", "name", "value"), DESCRIBED, ids=[f"{path} {name}" for path, name, _ in DESCRIBED]
)
def test_an_example_is_taken(path: str, name: str, value: dict[str, Any]) -> None:
    server = AuthorityServer()
    if path == "/v1/licenses":
        assert server.post("clara", path, value).status_code == 201
        return
    license_ = server.applied()
    for body in _BEFORE.get(name, ({"event": "issue"},)):
        _effective(server, license_, body)
    if "encumbranceId" in value:
        (measure,) = server.get("olga", license_).json()["encumbrances"]
        value |= {"encumbranceId": measure["encumbranceId"]}
    address = path.format(license_id=license_.rpartition("/")[2])

    answer = server.post("olga", address, value, If_Match=server.etag(license_))

    assert answer.status_code in (201, 202), answer.text


@pytest.mark.parametrize("name", ["idempotency-key", "if-match"])
def test_a_header_without_which_a_write_is_refused_is_described_as_required(name: str) -> None:
    published = AuthorityServer().get(None, "/openapi.json").json()["paths"]
    described = [
        parameter
        for operations in published.values()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["name"] == name
    ]

    assert described
    assert all(one["required"] and one["schema"]["examples"] for one in described)
