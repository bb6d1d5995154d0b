"""Read the fenced blocks of a page, and run those that show a terminal.

A line `$ command` is typed, `> ` goes on with it, everything up to the next one is what must come
out. `…` in a line stands for any text in it, a line of `…` alone for any lines. Commands of one
page run in order in one folder; `$?` is the exit code of the command before.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(r"^```(?P<kind>[a-z]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """One fenced block: its language, its text, and the line of the page it begins at."""

    kind: str
    text: str
    line: int


class Typed(NamedTuple):
    """One command with the lines it must answer."""

    command: str
    answer: tuple[str, ...]


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    for found in _FENCE.finditer(page):
        yield Block(found["kind"], found["text"], page.count("\n", 0, found.start()) + 1)


def typed(console: str) -> list[Typed]:
    """Return the commands of a console block."""
    commands: list[tuple[list[str], list[str]]] = []
    for line in console.splitlines():
        if line.startswith("$ "):
            commands.append(([line[2:]], []))
        elif (line.startswith("> ") or line == ">") and not commands[-1][1]:
            commands[-1][0].append(line[2:])
        else:
            commands[-1][1].append(line)
    return [Typed("\n".join(lines), tuple(answer)) for lines, answer in commands]


def ran(command: str, folder: Path, environment: dict[str, str], before: int) -> tuple[str, int]:
    """Run a command after one that ended with `before`; return what it said and its exit code."""
    done = subprocess.run(
        ["bash", "-c", f"(exit {before})\n{command}"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return done.stdout.decode(), done.returncode


def fits(said: str, answer: tuple[str, ...]) -> bool:
    """Say whether `said` is the answer, `…` standing for anything."""
    pattern = "".join(_line_pattern(line) for line in answer)
    said = said.rstrip("\n") + "\n" if said.strip() else ""
    return re.fullmatch(pattern, said) is not None


def _line_pattern(line: str) -> str:
    if line.strip() == "…":
        return r"(?:[^\n]*\n)*?"
    return "[^\n]*".join(re.escape(part) for part in line.split("…")) + "\n"
