"""Write what was measured: docs/performance.json for programs, docs/performance.md for people."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.rounds import Figure

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_PAGE, _RESULTS = _DOCS / "performance.md", _DOCS / "performance.json"
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"
_PACKAGES = ("cryptography", "lxml", "signxml", "isal", "pybase64", "pydantic")


def keep(figures: list[Figure]) -> str:
    """Write both files; return the JSON."""
    machine = _machine()
    told = json.dumps({"machine": machine, "figures": list(map(_told, figures))}, indent=2) + "\n"
    _RESULTS.write_text(told, encoding="utf-8")
    before, rest = _PAGE.read_text(encoding="utf-8").split(_BEGIN)
    after = rest.split(_END)[1]
    table = "\n".join(
        ("| figure | value | goal | |", "| --- | --- | --- | --- |", *map(_row, figures))
    )
    facts = "; ".join(f"{name} {fact}" for name, fact in machine.items())
    text = f"{before}{_BEGIN}\n{facts}\n\n{table}\n{_END}{after}"
    _PAGE.write_text(text, encoding="utf-8")
    return told


def _machine() -> dict[str, str]:
    return {
        "run": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _told(figure: Figure) -> dict[str, object]:
    goal = figure.goal
    if goal is None:
        return {"figure": figure.name, "value": figure.value}
    bound = {"at most" if goal.at_most else "at least": goal.bound}
    return {"figure": figure.name, "value": figure.value, **bound, "met": goal.met(figure.value)}


def _row(figure: Figure) -> str:
    if figure.goal is None:
        return f"| {figure.name} | {figure.value:,} | | |"
    sign = "≤" if figure.goal.at_most else "≥"
    word = "met" if figure.goal.met(figure.value) else "**not met**"
    return f"| {figure.name} | {figure.value:,} | {sign} {figure.goal.bound:g} | {word} |"
