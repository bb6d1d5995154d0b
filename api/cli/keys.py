"""`license-exchange keys`: make a key for one purpose, and show which keys there are."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import passphrase_from
from licenses.model.trust import Purpose

app = typer.Typer(help="Keys of this installation, one folder an owner.", no_args_is_help=True)


@app.command("new")
def new(
    purpose: Annotated[Purpose, typer.Argument(help="What the key may sign.")],
    subject: Annotated[str, typer.Argument(help="Whose key it is: the certificate's name.")],
    folder: Annotated[Path, typer.Option("--keys", help="Folder of the owner's keys.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the passphrase; else it is asked for.")
    ] = None,
    years: Annotated[int, typer.Option(min=1, max=10, help="How long it is valid.")] = 3,
) -> None:
    """Make a key and its certificate; prints the key id, which is what a trust file lists."""
    from schema_ext.signing.key_files import KeyStore

    now = datetime.now(UTC)
    store = KeyStore(folder, passphrase_from(passphrase_file))
    key = store.create(purpose, subject, now, now + timedelta(days=365 * years))
    typer.echo(key.kid)
    typer.echo(f"The {purpose.value} key is in {folder}; publish its certificate.", err=True)
