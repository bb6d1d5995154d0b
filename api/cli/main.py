"""The command line `license-exchange`: results on stdout, everything else on stderr.

Exit codes: 0 verified or done, 1 rejected or failed, 2 indeterminate, 64 wrong use (sysexits.h).
Each command imports what it needs when it runs, so that `verify` answers at once.
"""

import sys

import typer

from api.cli import demo, issue, keys, serve, verify
from licenses.errors import ConfigurationRefused, LicensingError

FAILED = 1
WRONG_USE = 64

app = typer.Typer(
    name="license-exchange",
    help="Professional licenses over EMREX: issue, carry, verify.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("verify")(verify.verify)
app.command("issue")(issue.issue)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.add_typer(keys.app, name="keys")
app.add_typer(serve.actors, name="actors")


def run(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    try:
        code = app(args=arguments, standalone_mode=False)
    except typer.Abort:
        code = FAILED
    except typer.TyperException as error:
        typer.echo(f"{error.format_message()}\nAsk for help with --help.", err=True)
        code = WRONG_USE
    except LicensingError as error:
        typer.echo(f"{error} [{error.code}]", err=True)
        code = WRONG_USE if isinstance(error, ConfigurationRefused) else FAILED
    sys.exit(code or 0)
