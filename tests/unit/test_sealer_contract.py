"""What use cases are promised by a sealer, kept by the double of the tests and by the real one."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest

from licenses.errors import LintFailed
from licenses.model.license import SealContent
from licenses.model.trust import Purpose
from licenses.ports import Sealer
from schema_ext.license_reader import read_license
from schema_ext.sealing import LicenseSealer
from schema_ext.signing.verifier import verify_seal
from tests.desks import HEALTH
from tests.doubles import DoubleSealer, sealed_content
from tests.factories import AuthorityFactory, GrantFactory, SealContentFactory
from tests.trust_samples import NOW, signing_key, trusted
from tests.unit.signed_documents import FixedTrust

MANDATE = AuthorityFactory.build().mandate
Read = Callable[[bytes], SealContent]
REFUSED = "HPR  7"
"""A number with two spaces: a rule of the real lint, and the one number the double refuses."""


def _double() -> tuple[Sealer, Read]:
    sealer = DoubleSealer()
    sealer.forbidden_number = REFUSED
    return sealer, sealed_content


def _real() -> tuple[Sealer, Read]:
    trust = FixedTrust(trusted(Purpose.SEAL), authority_id=HEALTH)
    sealer = LicenseSealer({HEALTH: signing_key(Purpose.SEAL)})
    return sealer, lambda document: read_license(verify_seal(document, trust).octets)


@pytest.fixture(params=[_double, _real], ids=["double", "real"])
def both(request: pytest.FixtureRequest) -> tuple[Sealer, Read]:
    made: tuple[Sealer, Read] = request.param()
    return made


def test_what_is_sealed_is_what_was_drafted(both: tuple[Sealer, Read]) -> None:
    sealer, read = both
    content = SealContentFactory.build()

    draft = sealer.draft(content, at=NOW, mandate=MANDATE)

    assert draft.content == content
    assert draft.sha256 == sha256(draft.octets).hexdigest()
    assert read(sealer.sign(draft)) == content


def test_the_octets_of_a_draft_depend_on_the_content_alone(both: tuple[Sealer, Read]) -> None:
    sealer, _ = both
    content = SealContentFactory.build()

    later = NOW + timedelta(days=1)
    one = sealer.draft(content, at=NOW, mandate=MANDATE)
    assert one.octets == sealer.draft(content, at=later, mandate=MANDATE).octets


def test_a_broken_rule_is_found_by_the_draft(both: tuple[Sealer, Read]) -> None:
    sealer, _ = both
    content = SealContentFactory.build(grant=GrantFactory.build(number=REFUSED))

    with pytest.raises(LintFailed):
        sealer.draft(content, at=NOW, mandate=MANDATE)
