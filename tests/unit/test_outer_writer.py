"""What the signature of an ELMO looks like as we write it, without any verifier of ours."""

import pytest
from lxml import etree

from licenses.errors import ConfigurationRefused, LintFailed
from licenses.model.trust import Purpose
from schema_ext.namespaces import ds
from schema_ext.signing.arithmetic import exclusive_c14n
from schema_ext.signing.outer_writer import sign_elmo
from tests.unit.signed_documents import ELMO_TEXT, key, signed


def test_a_signed_elmo_is_its_own_exclusive_c14n() -> None:
    document = signed()

    assert exclusive_c14n(etree.fromstring(document)) == document


def test_the_signature_is_the_last_child_with_one_reference_and_neither_id_nor_object() -> None:
    root = etree.fromstring(signed())

    signature = root[-1]
    assert signature.tag == ds("Signature")
    assert [one.get("URI") for one in root.iter(ds("Reference"))] == [""]
    assert not list(root.iter(ds("Object")))
    assert not root.xpath("//@Id")


def test_the_elmo_stands_in_it_byte_for_byte() -> None:
    assert signed().startswith(ELMO_TEXT.removesuffix(b"</elmo>") + b"<ds:Signature ")


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.NCP])
def test_a_key_for_anything_else_signs_no_elmo(purpose: Purpose) -> None:
    with pytest.raises(ConfigurationRefused, match=f"A key for {purpose.value}"):
        sign_elmo(ELMO_TEXT, key(purpose))


def test_what_does_not_end_as_an_elmo_is_not_signed() -> None:
    with pytest.raises(LintFailed):
        sign_elmo(b"<elmo/>", key(Purpose.NCP))
