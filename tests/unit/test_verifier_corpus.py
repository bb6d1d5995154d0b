"""What the verifier says of genuine documents, which real providers signed years ago.

The table is `tests/vectors/corpus.toml`. What must never change with it, because the project
promises it, stands here beside it.
"""

import tomllib
from functools import cache
from typing import Any

import pytest

from licenses.model.reasons import Reason
from licenses.model.trust import TrustedKey
from schema_ext.signing.verifier import verify_outer
from tests.unit.signed_documents import assert_refused, ncp_key
from tests.vectors.corpus import (
    CORPUS,
    TABLE,
    Found,
    answers,
    found,
    origin,
    partners,
    structure,
)

Row = dict[str, Any]
ROWS: list[Row] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["document"]
BY_NAME = {(row["path"], row["form"]): row for row in ROWS}
INTACT = {
    ("dk-emrex/elmo-tomcat-signed-zipped-base64.txt", "out of gzip"),
    ("dk-emrex/wl.txt", "out of gzip"),
    ("fi-smp/elmo_vastaus_base64_gzipped.txt", "out of gzip"),
}
CHANGED = {
    ("dk-emrex/elmo-tomcat-signed-beautified.xml", "as it lies"),
    ("elmo-schemas/example-v1.0.0.xml", "as it lies"),
    ("elmo-schemas/example-v1.2.0-rc1.xml", "as it lies"),
    ("elmo-schemas/example-v1.7.0.xml", "as it lies"),
    ("emrex-gateway/sampleElmo.b64", "out of base64"),
    ("fi-emrex/elmo-1.0-example.xml", "as it lies"),
}


@pytest.fixture(autouse=True)
def _beside_the_project() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of genuine documents is not beside this project")


@cache
def _documents() -> dict[tuple[str, str], Found]:
    return {(one.path, one.form): one for one in found()}


def test_every_document_has_its_row_and_every_row_its_document() -> None:
    assert sorted(_documents()) == sorted(BY_NAME)
    assert len(BY_NAME) == len(ROWS)


@pytest.mark.parametrize("name", BY_NAME, ids=" ".join)
def test_a_document_is_answered_as_its_row_says(name: tuple[str, str]) -> None:
    row, octets = BY_NAME[name], _documents()[name].octets

    assert answers(octets, ()) == row["without"]
    assert answers(octets, partners()) == row["with"]
    assert structure(octets) == row["structure"]
    assert origin(row["path"]) == row["origin"]


def test_the_intact_documents_are_legacy_with_a_record_and_refused_without() -> None:
    packed = {(path, "as it lies") for path, _ in INTACT}
    legacy = {name for name, row in BY_NAME.items() if row["with"]["signature"] == "legacy"}

    assert legacy == INTACT | packed
    for name in legacy:
        row = BY_NAME[name]
        assert row["with"]["overall"] == "not-established"
        assert row["with"]["reasons"][0] == "legacy-partner"
        assert row["without"]["signature"] == "rejected"
        assert row["without"]["reasons"] in (["signature-algorithm"], ["unknown-document"])


def test_what_was_changed_after_it_was_signed_is_rejected_with_a_record_too() -> None:
    for name in CHANGED:
        assert BY_NAME[name]["with"]["reasons"] == ["digest-mismatch"], name
        assert BY_NAME[name]["without"]["reasons"] == ["signature-algorithm"], name


def test_no_document_of_the_corpus_is_better_than_not_established() -> None:
    told = {row[way]["overall"] for row in ROWS for way in ("with", "without")}

    assert told == {"not-established", "must-not-rely"}


@pytest.mark.parametrize("name", sorted(INTACT | CHANGED), ids=" ".join)
def test_without_a_record_no_key_helps_an_old_document(name: tuple[str, str]) -> None:
    expected = Reason(BY_NAME[name]["without"]["reasons"][0])
    document = _documents()[name].octets

    for key in (ncp_key(), *(partner.key for partner in partners())):
        check_refused(document, key, expected)


def check_refused(document: bytes, key: TrustedKey, reason: Reason) -> None:
    assert_refused(lambda: verify_outer(document, key, now=key.valid_from), reason)
