"""Thousands of generated requests to both servers: each answer is one the description names.

Schemathesis makes the requests from the published description, right ones and wrong ones: its
boundary cases, then a drawn sequence, the same in every run. Checked is every answer: no 5xx; a
documented status, media type and form; refused where the request breaks the description.

The pages are not described, so not called here: what they take are forms of ours, bound to a
session, a cookie and a token, which no description lets anybody call. `test_naughty_pages` and
tests/exchange are about them.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.config import GenerationConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.exchange.sites import HOSPITAL, NORTH, Sites
from tests.fuzz.callers import Actors, Callers

_CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
_EXAMPLES, _EXAMPLES_OF_A_BODY = 50, 15
"""Requests drawn of each operation, right ones and wrong ones each; bodies take long to draw."""

_REFUSED = ["400", "401", "403", "404", "409", "412", "413", "415", "422", "428"]
"""How a request may be refused that breaks the description, or comes from nobody."""

_DRAWN = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    # A whole application takes longer to draw, and many draws are no use for a form so narrow.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class Campaign:
    """Requests to one server, counted, and what was wrong with the answers."""

    def __init__(self, callers: Callers, described: dict[str, Any]) -> None:
        """Take who calls, and the description of the server they call."""
        self._callers = callers
        rejection = {"expected-statuses": _REFUSED}
        config = {"checks": {"negative_data_rejection": rejection}}
        self.schema: OpenApiSchema = schemathesis.openapi.from_dict(
            described, config=schemathesis.Config.from_dict(config)
        )
        self.answers: Counter[tuple[str, int]] = Counter()
        self.faults: list[str] = []

    def run(self, *, draws: bool = True) -> None:
        """Send every case of every operation."""
        for found in self.schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()
            for case in self._boundary_cases(operation):
                self._send(case)
            for mode in _modes_of(operation) if draws else ():
                self._draw(operation, mode)

    def _boundary_cases(self, operation: APIOperation) -> Iterator[Case]:
        return self.schema.iter_coverage_cases(
            operation,
            generation_modes=list(GenerationMode),
            generation_config=GenerationConfig(),
        )

    def _draw(self, operation: APIOperation, mode: GenerationMode) -> None:
        number = _EXAMPLES_OF_A_BODY if operation.body else _EXAMPLES

        @settings(_DRAWN, max_examples=number)
        @given(operation.as_strategy(generation_mode=mode))
        def each(case: Case) -> None:
            self._send(case)

        each()

    def _send(self, case: Case) -> None:
        answer = self._callers.answer(case)
        self.answers[case.operation.label, answer.status_code] += 1
        try:
            case.validate_response(answer, checks=_CHECKS)
        except FailureGroup as group:
            sent = f"{case.operation.label} {case.path_parameters} {case.query} {case.body!r}"
            self.faults += [f"{answer.status_code} {fault} {sent}" for fault in group.exceptions]


def _modes_of(operation: APIOperation) -> tuple[GenerationMode, ...]:
    """Return what can be drawn: a request of nothing, or of any text, cannot be wrong."""
    described = operation.definition.raw
    return tuple(GenerationMode) if "security" in described else (GenerationMode.POSITIVE,)


def _published(sites: Sites, origin: str) -> dict[str, Any]:
    published: dict[str, Any] = sites.servers.by_origin[origin].app.openapi()
    return published


@pytest.fixture(scope="module")
def north(fuzzed_sites: Sites, actors: Actors) -> Campaign:
    campaign = Campaign(Callers(fuzzed_sites, NORTH, actors), _published(fuzzed_sites, NORTH))
    campaign.run()
    return campaign


def test_every_answer_of_the_authorities_server_is_one_its_description_names(
    north: Campaign,
) -> None:
    assert north.faults[:5] == []
    assert north.answers.total() >= 1_800


def test_the_requests_come_past_the_gates_and_are_refused_in_every_way(north: Campaign) -> None:
    """So that the campaign above is about the code behind the gates too."""
    reached = {status for _, status in north.answers}

    assert reached >= {200, 201, 202, 400, 401, 403, 404, 405, 409, 412, 415, 422, 428}
    assert north.answers["POST /v1/licenses", 201]


def test_every_answer_of_the_hospitals_server_is_one_its_description_names(
    fuzzed_sites: Sites, actors: Actors
) -> None:
    """It knows no actor: whatever is asked under a token is refused, in the form described."""
    described = _published(fuzzed_sites, HOSPITAL)
    campaign = Campaign(Callers(fuzzed_sites, HOSPITAL, actors), described)
    campaign.run(draws=False)

    assert campaign.faults[:5] == []
    assert campaign.answers.total() >= 1_000


def test_an_answer_that_is_not_described_is_found(fuzzed_sites: Sites, actors: Actors) -> None:
    described = _published(fuzzed_sites, NORTH)
    status = described["paths"]["/v1/status/{seal_id}"]["get"]
    undescribed = {"get": status | {"responses": {"200": status["responses"]["200"]}}}
    paths = {"/v1/status/{seal_id}": undescribed}
    campaign = Campaign(Callers(fuzzed_sites, NORTH, actors), described | {"paths": paths})
    campaign.run()

    assert campaign.faults
    assert campaign.faults[0].startswith("404 ")


@pytest.mark.parametrize("origin", [NORTH, HOSPITAL])
def test_only_what_programs_call_is_described(fuzzed_sites: Sites, origin: str) -> None:
    described = _published(fuzzed_sites, origin)

    assert {path.split("/")[1] for path in described["paths"]} == {"v1", "health"}
