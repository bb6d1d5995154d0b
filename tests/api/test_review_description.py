"""The published description of the API: every answer and refusal in its own form, with examples."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from api.schemas import examples
from api.schemas.decisions import EXAMPLES, RULINGS, DecisionBody, HistoryAnswer
from api.schemas.licenses import LicenseAnswer, ListAnswer, ReceiptAnswer
from api.schemas.problem import Problem
from tests.api.authority import AuthorityServer

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    answer: dict[str, Any] = AuthorityServer().get(None, "/openapi.json").json()
    return answer


def _responses(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                yield f"{method} {path}", status, response


def test_every_refusal_is_a_problem_with_an_example_of_its_status(
    described: dict[str, Any],
) -> None:
    for address, status, response in _responses(described):
        if status >= "400":
            shown = Problem.model_validate(response["content"][PROBLEM]["example"])
            assert (address, shown.status) == (address, int(status))
            assert list(response["content"]) == [PROBLEM]


def test_every_answer_under_v1_has_an_example(described: dict[str, Any]) -> None:
    forms = described["components"]["schemas"]
    for address, status, response in _responses(described):
        if status >= "400" or "/v1/" not in address:
            continue
        for content in response["content"].values():
            name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            assert "example" in content or forms[name]["examples"], (address, status)


def test_the_framework_own_form_of_a_refusal_is_not_described(described: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in str(described)


@pytest.mark.parametrize(
    ("form", "example"),
    [
        (ReceiptAnswer, examples.RECEIPT),
        (LicenseAnswer, examples.LICENSE),
        (ListAnswer, examples.LISTED),
        (HistoryAnswer, examples.HISTORY),
    ],
)
def test_each_example_is_what_its_form_writes(form: type[BaseModel], example: Any) -> None:
    read = form.model_validate_json(TypeAdapter(dict[str, Any]).dump_json(example))

    assert read.model_dump(mode="json", by_alias=True) == example


def test_every_event_that_can_be_posted_has_an_example_that_can_be_read() -> None:
    posted = [one["value"] for one in EXAMPLES.values()]

    assert [TypeAdapter(DecisionBody).validate_python(one).event for one in posted] == list(
        EXAMPLES
    )
    assert len(EXAMPLES) == len(RULINGS)
