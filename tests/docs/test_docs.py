"""The documentation is true: its examples run, its links resolve, its tables are the program's."""

import ast
import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from pydantic import BaseModel

from api.legacy_file import LegacySettings
from api.settings import NcpSettings, NetworkSettings, SiteSettings, SmpSettings
from licenses.model.reasons import REASONS, Reason
from schema_ext import caps
from tests.docs.console import blocks, fits, ran, typed
from tests.docs.generated import DOCS, expected_errors, expected_pages, status_of
from tests.docs.stage import ROOT, Stage, running_stage

PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))
_OWN_TEST = "authority.md"  # tests/api/test_docs_authority.py runs its examples
RUN = tuple(page for page in PAGES if page.name != _OWN_TEST and "```console" in page.read_text())
_LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
_KINDS = frozenset({"console", "python", "json", "toml", "xml", "text", "sh", "http", "mermaid"})


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_what_pages_show_on_a_terminal_is_what_happens(tmp_path: Path) -> None:
    if shutil.which("bash") is None or shutil.which("curl") is None:
        pytest.skip("the examples need bash and curl")
    with running_stage(tmp_path / "stage") as stage:
        untrue = [
            fault for page in RUN for fault in _untrue(page, stage, tmp_path / "pages" / page.name)
        ]

    assert not untrue, "\n".join(untrue)


def _untrue(page: Path, stage: Stage, folder: Path) -> Iterator[str]:
    """Run the examples of a page in order; yield each that says something else."""
    stage.page_folder(folder)
    code = 0
    for block in blocks(page.read_text(encoding="utf-8")):
        for command, answer in typed(block.text) if block.kind == "console" else ():
            said, code = ran(stage.real(command), folder, stage.environment(), code)
            shown = stage.told(said)
            if not fits(shown, answer):
                yield f"{page.name}:{block.line}: {command}\n{shown}(exit {code})"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_is_of_a_kind_that_is_checked(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        assert block.kind in _KINDS, f"line {block.line}"
        match block.kind:
            case "json":
                json.loads(block.text)
            case "toml":
                tomllib.loads(block.text)
            case "xml":
                etree.fromstring(block.text.encode())
            case "python":
                ast.parse(block.text)
            case "sh" if page.name != _OWN_TEST:
                _check_targets(block.text)


def _check_targets(text: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make ([a-z]+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("page", RUN, ids=_name)
def test_python_in_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.kind == "python":
            exec(compile(block.text, f"{page.name}:{block.line}", "exec"), known)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_between_the_documents_resolve(page: Path) -> None:
    for link in _LINK.finditer(_without_code(page.read_text(encoding="utf-8"))):
        target = page.parent / link["path"] if link["path"] else page
        assert target.exists(), link[0]
        if link["anchor"] and target.suffix == ".md":
            assert link["anchor"] in _anchors(target), link[0]


def _without_code(text: str) -> str:
    fenced = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", fenced)


def _anchors(page: Path) -> set[str]:
    text = _without_code(page.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    named = set(re.findall(r'<a id="([^"]+)"', page.read_text(encoding="utf-8")))
    return named | {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


_CAPS = {name: cap for name, cap in vars(caps).items() if name.startswith("MAX_")}


@pytest.mark.parametrize("name", _CAPS)
def test_every_cap_stands_in_the_page_for_operators(name: str) -> None:
    page = (DOCS / "exchange.md").read_text(encoding="utf-8")
    limits = page.partition("## Limits on every document")[2].partition("\n## ")[0]
    cap = _CAPS[name]
    words = f"{cap // 2**20} MiB" if cap % 2**20 == 0 else f"{cap:,}"

    assert re.search(rf"(?<![\d,]){re.escape(words)}(?![\d,]\d)", limits), words


@pytest.mark.parametrize(
    "name", ["architecture.md", "errors.md", "exchange.md", "trust.md", "elmo-extension.md"]
)
def test_what_is_made_from_the_code_is_up_to_date(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")

    assert written == expected_pages()[name], "run: python -m tests.docs.generated"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_stands_in_the_pages_for_operators(reason: Reason) -> None:
    for name in ("exchange.md", "errors.md"):
        page = (DOCS / name).read_text(encoding="utf-8")
        assert f"`{reason}`" in page
        assert REASONS[reason].sentence in page


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_stands_at_its_step_among_the_steps_of_the_verifier(reason: Reason) -> None:
    page = (DOCS / "trust.md").read_text(encoding="utf-8")
    steps = page.partition("## The steps of the verifier")[2].partition("\n## ")[0]
    rows = re.findall(rf"^\| {REASONS[reason].step}\. .*`{reason}`", steps, re.MULTILINE)

    assert len(rows) == 1
    assert f"\n{REASONS[reason].step}. **" in steps


def test_every_error_has_its_own_code_and_its_place_in_the_page() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    for kind in expected_errors():
        assert f"| {status_of(kind)} | `{kind.code}` |" in page


def _settings() -> list[str]:
    tables: dict[str, type[BaseModel]] = {
        "": SiteSettings,
        "network.": NetworkSettings,
        "ncp.": NcpSettings,
        "smp.": SmpSettings,
        "legacy.": LegacySettings,
    }
    return [
        f"{table}{name}"
        for table, form in tables.items()
        for name in form.model_fields
        if f"{table}{name}" not in ("folder", "network", "ncp", "smp", "legacy")
    ]


@pytest.mark.parametrize("setting", _settings())
def test_every_setting_stands_in_the_page_for_operators(setting: str) -> None:
    assert f"| `{setting}` |" in (DOCS / "ncp-operator.md").read_text(encoding="utf-8")


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    page = (DOCS / "ncp-operator.md").read_text(encoding="utf-8")
    table = page.partition("## The site file")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `([a-z_.]+)` \|", table, re.MULTILINE)) == set(_settings())


@pytest.mark.parametrize("name", ["ncp-operator.md", "smp-operator.md"])
def test_a_site_file_in_a_page_is_one_the_program_takes(name: str) -> None:
    found = [one for one in blocks((DOCS / name).read_text(encoding="utf-8")) if one.kind == "toml"]

    assert found
    for block in found:
        SiteSettings.model_validate({**tomllib.loads(block.text), "folder": Path()})


def test_every_document_is_in_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        assert page.name == "index.md" or f"({page.relative_to(DOCS).as_posix()})" in index


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(page.name[:4] for page in (DOCS / "decisions").glob("*.md"))

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_the_picture_of_the_way_is_a_picture_with_words_for_those_who_cannot_see_it() -> None:
    picture = etree.parse(os.fspath(DOCS / "way.svg")).getroot()
    spaces = {"svg": "http://www.w3.org/2000/svg"}

    assert picture.findtext("svg:title", namespaces=spaces)
    assert picture.findtext("svg:desc", namespaces=spaces)
    assert "prefers-color-scheme: dark" in (picture.findtext("svg:style", namespaces=spaces) or "")
