"""Imports point down: the contracts of pyproject.toml hold, and they are the ones we mean."""

import subprocess
import sys
import tomllib
from pathlib import Path

import lxml.etree
import xmlsec

from tests.architecture.source import ROOT, program


def test_the_contracts_between_the_layers_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_layer_has_its_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = [contract["layers"] for contract in contracts if contract["type"] == "layers"]

    assert ["api", "schema_ext", "licenses"] in layers
    assert [
        "licenses.storage | licenses.services",
        "licenses.ports",
        "licenses.model",
        "licenses.errors",
    ] in layers


def test_the_same_libxml2_stands_behind_lxml_and_xmlsec() -> None:
    assert xmlsec.get_libxml_version() == lxml.etree.LIBXML_VERSION


def test_sql_is_wired_in_one_place_outside_storage() -> None:
    outside = [
        source.path
        for source in program()
        if "sqlalchemy" in source.code and not source.path.startswith("licenses/storage/")
    ]

    assert outside in ([], ["api/bootstrap.py"])
