"""The command line `license-exchange`: results on stdout, everything else on stderr.

Exit codes: 0 verified or done, 1 rejected or failed, 2 indeterminate, 64 wrong use (sysexits.h).
One table names the module of each command, and only the module of the one asked for is imported:
`verify` answers before the web server, the database or the demo world would have been read in.
"""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import typer

from licenses.errors import ConfigurationRefused, LicensingError

FAILED = 1
WRONG_USE = 64


class Command(NamedTuple):
    """Where a command is found, and what the list of commands says of it.

    `summary` is the first sentence of the command's own help, so that the list needs no module.
    """

    module: str
    name: str
    summary: str

    def load(self) -> Callable[..., Any] | typer.Typer:
        """Import the module; return the command, or the program where it has commands in it."""
        found: Callable[..., Any] | typer.Typer = getattr(import_module(self.module), self.name)
        return found


COMMANDS = {
    "verify": Command(
        "api.cli.verify",
        "verify",
        "Say who granted the license, whether it is untouched, whose it is, and if it still"
        " stands.",
    ),
    "issue": Command(
        "api.cli.issue",
        "issue",
        "Check, lint and seal one license; nothing is written unless the seal reads back.",
    ),
    "serve": Command(
        "api.cli.serve",
        "serve",
        "Run one installation until it is stopped; refuses to start on an unsafe setting.",
    ),
    "demo": Command(
        "api.cli.demo",
        "demo",
        "Show the whole way: a hospital asks, a holder sends, the hospital reads the verdict.",
    ),
    "keys": Command("api.cli.keys", "app", "Keys of this installation, one folder an owner."),
    "actors": Command("api.cli.actors", "app", "Who may speak for an authority."),
}


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    typed = sys.argv[1:] if arguments is None else list(arguments)
    try:
        with _no_collector():
            code = _program(typed)(args=typed, standalone_mode=False)
    except typer.Abort:
        code = FAILED
    except typer.TyperException as error:
        typer.echo(f"{error.format_message()}\nAsk for help with --help.", err=True)
        code = WRONG_USE
    except LicensingError as error:
        typer.echo(f"{error} [{error.code}]", err=True)
        code = WRONG_USE if isinstance(error, ConfigurationRefused) else FAILED
    sys.exit(code or 0)


def _program(arguments: Sequence[str]) -> typer.Typer:
    """Return the program with the commands that are named in `arguments`; the rest is listed."""
    program = typer.Typer(
        name="license-exchange",
        help="Professional licenses over EMREX: issue, carry, verify.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    for name, command in COMMANDS.items():
        found = command.load() if name in arguments else _listed
        if isinstance(found, typer.Typer):
            program.add_typer(found, name=name)
        else:
            program.command(name, help=command.summary)(found)
    return program


def _listed() -> None:
    """Stand in the list for a command that nobody named, and that can so not be called."""


@contextmanager
def _no_collector() -> Iterator[None]:
    """Look for no cycles of garbage: a short command ends before that saves anything.

    A quarter of the time to the verdict went into it. `serve` and `demo` switch it on again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
