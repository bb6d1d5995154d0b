"""The operator's records: taken as written, or refused with a sentence that names the fault."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from api.legacy_file import read_legacy
from api.settings import read_site
from licenses.errors import ConfigurationRefused
from licenses.model.trust import LegacyMethod, Purpose
from schema_ext.signing.certificates import generate_private_key, self_signed
from tests.unit.legacy_documents import BEGAN, ENDED, partner
from tests.vectors.old_province import RECORD

WRITTEN = RECORD.read_text(encoding="utf-8")
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----\n", re.DOTALL)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "legacy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_of_the_pages_is_taken_as_it_is_written() -> None:
    (record,) = read_legacy(RECORD)

    assert (record.name, record.least_rsa_bits) == ("Old Province", 1024)
    assert record.methods == (LegacyMethod.RSA_SHA1, LegacyMethod.SHA1)
    assert record.namespaces == ("http://purl.org/net/elmo",)
    assert record.judged_at == datetime(2016, 6, 1, tzinfo=UTC)
    assert record.key.purpose is Purpose.NCP
    assert record.key.valid_until == datetime(2018, 2, 1, tzinfo=UTC)


def _of_another_kind() -> str:
    private = generate_private_key(Purpose.SEAL)
    sealing = self_signed(private, Purpose.SEAL, "x", BEGAN, ENDED)
    return sealing.public_bytes(Encoding.PEM).decode()


def _with_certificate(pem: str) -> str:
    return _PEM.sub(lambda _: pem, WRITTEN)


REFUSED = {
    "no such key": (WRITTEN + "tolerate_all = true\n", "legacy.0.tolerate_all is unknown"),
    "a key is missing": (WRITTEN.replace("why =", "# why ="), "legacy.0.why is missing"),
    "another table": ('name = "x"\n' + WRITTEN, "the field name is unknown"),
    "no record": ("", "legacy is missing"),
    "no TOML": ("[[legacy", "is not TOML"),
    "a method nobody tolerates": (
        WRITTEN.replace('"rsa-sha1", ', '"rsa-md5", '),
        "legacy.0.methods.0",
    ),
    "a moment without its zone": (
        WRITTEN.replace("2016-06-01T00:00:00Z", "2016-06-01T00:00:00"),
        "legacy.0.judged_at",
    ),
    "too few bits": (WRITTEN.replace("= 1024", "= 512"), "least_rsa_bits"),
    "more bits than its own key has": (
        WRITTEN.replace("= 1024", "= 2048"),
        "must have at least 2048 bits",
    ),
    "a moment the certificate does not cover": (
        WRITTEN.replace("2016-06-01", "2018-06-01"),
        "does not cover the moment of judged_at",
    ),
    "a moment that was to come": (
        WRITTEN.replace("recorded_at = 2026", "recorded_at = 2016-05-31T00:00:00Z # 2026").replace(
            "valid_until = 2027", "valid_until = 2017"
        ),
        "must not lie after recorded_at",
    ),
    "a record for ever": (WRITTEN.replace("2027-11-01", "2999-11-01"), "by two years at most"),
    "a record that ends before it begins": (
        WRITTEN.replace("2027-11-01", "2025-11-01"),
        "must lie after recorded_at",
    ),
    "no certificate": (_with_certificate("x\n"), "one certificate in PEM"),
    "two certificates": (
        _PEM.sub(lambda found: found[0] * 2, WRITTEN),
        "cannot be read|one certificate in PEM",
    ),
    "a key that seals": (_with_certificate(_of_another_kind()), "must be an RSA key"),
    "two records about one certificate": (WRITTEN * 2, "two records are about one certificate"),
    "no namespace": (WRITTEN.replace('"http://purl.org/net/elmo"', ""), "namespaces"),
    "nobody decided it": (
        WRITTEN.replace('"Head of recognition, City Hospital"', '""'),
        "legacy.0.decided_by",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_record_that_is_wrong_is_refused_and_the_sentence_names_the_fault(
    case: str, tmp_path: Path
) -> None:
    text, sentence = REFUSED[case]

    with pytest.raises(ConfigurationRefused, match=sentence) as caught:
        read_legacy(written(tmp_path, text))

    assert "BEGIN CERTIFICATE" not in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match=r"nowhere\.toml cannot be read"):
        read_legacy(tmp_path / "nowhere.toml")


_SITE = f"""name = "A"
origin = "https://hospital.example"
port = 1
database = "a"
secrets = "b"
keys = "c"
[network]
trust = "t"
trust_root = "{"0" * 64}"
emps = "e"
"""


def test_records_stand_in_the_site_file(tmp_path: Path) -> None:
    two = _with_certificate(partner()[1].public_bytes(Encoding.PEM).decode())

    settings = read_site(written(tmp_path, _SITE + WRITTEN + two))

    assert [record.partner().name for record in settings.legacy] == ["Old Province"] * 2


def test_a_wrong_record_stops_the_site_from_starting(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match=r"legacy\.0.*at least 2048 bits"):
        read_site(written(tmp_path, _SITE + WRITTEN.replace("= 1024", "= 2048")))


def test_without_records_nothing_old_is_tolerated(tmp_path: Path) -> None:
    assert read_site(written(tmp_path, _SITE)).legacy == ()
