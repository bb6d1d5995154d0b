"""`license-exchange issue FILE`: one license from a JSON file into a sealed file.

For an authority that tries the form, or keeps its register elsewhere. The seal is real and any
verifier checks it; its standing can only be asked where a register has recorded it, which is what
the API of `serve` does in one step (docs/authority.md).
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import passphrase_from


def issue(
    file: Annotated[Path, typer.Argument(help="The license as JSON; see docs/one-file.md.")],
    authority: Annotated[Path, typer.Option(help="The authority and its professions, as JSON.")],
    keys: Annotated[Path, typer.Option(help="Folder of the authority's keys.")],
    status_address: Annotated[
        str, typer.Option(help="Where the standing is asked; the seal's id is put behind it.")
    ],
    out: Annotated[Path, typer.Option(help="The sealed file to write; must not exist yet.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the passphrase; else it is asked for.")
    ] = None,
) -> None:
    """Check, lint and seal one license; nothing is written unless the seal reads back."""
    from api.authority_file import read_authority
    from api.license_file import issue_from_file
    from licenses.model.trust import Purpose
    from schema_ext.sealing import LicenseSealer
    from schema_ext.signing.key_files import KeyStore

    now = datetime.now(UTC)
    kept = read_authority(authority)
    key = KeyStore(keys, passphrase_from(passphrase_file)).load(Purpose.SEAL, now)
    sealer = LicenseSealer({kept.authority.id: key})
    seal = issue_from_file(file, kept, sealer, status_address, now)
    _write_new(out, seal.document)
    typer.echo(seal.seal_id)
    typer.echo(f"Sealed into {out}.", err=True)


def _write_new(path: Path, octets: bytes) -> None:
    try:
        with path.open("xb") as opened:
            opened.write(octets)
    except FileExistsError:
        raise typer.BadParameter(f"{path} exists; a sealed file is never written over") from None
    except OSError:
        raise typer.BadParameter(f"{path} cannot be written; nothing is kept of the seal") from None
