"""What several commands ask for in the same way: passphrases and the trust they act on."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.secret_files import secret_from
from licenses.errors import ConfigurationRefused

if TYPE_CHECKING:
    from licenses.model.trust import LegacyPartner, TrustedNcp, TrustSource

ROOT_VARIABLE = "LICENSE_EXCHANGE_TRUST_ROOT"
ROOT_FILE = "trust-root"


def passphrase_from(path: Path | None) -> str:
    """Return the passphrase in a file only its owner can read, or ask for it on the terminal.

    Raises:
        ConfigurationRefused: the file is missing, empty or open to others.
    """
    if path is None:
        answer: str = typer.prompt("Passphrase of the keys", hide_input=True, err=True)
        return answer
    return secret_from(path).decode().strip()


def trust_from(path: Path | None, root: str | None, now: datetime) -> "TrustSource | None":
    """Return the trust file at `path`, signed by the pinned key; None where none is given.

    The pin is `root`, else the environment variable, else the file `trust-root` beside it.

    Raises:
        ConfigurationRefused: no pin, or the file is refused.
    """
    if path is None:
        return None
    from schema_ext.discovery.trust_file import read_trust

    pinned = root or os.environ.get(ROOT_VARIABLE) or _root_beside(path)
    return read_trust(_read(path), root_kid=pinned, now=now)


def emps_from(path: Path | None) -> "tuple[TrustedNcp, ...] | None":
    """Return the providers of a registry file, None where none is given."""
    if path is None:
        return None
    from schema_ext.discovery.emps_file import read_emps

    return read_emps(_read(path)).ncps


def legacy_from(path: Path | None) -> "tuple[LegacyPartner, ...]":
    """Return the records about legacy partners in a file, none where no file is given."""
    if path is None:
        return ()
    from api.legacy_file import read_legacy

    return read_legacy(path)


def _root_beside(path: Path) -> str:
    try:
        return path.with_name(ROOT_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigurationRefused(
            "Say which key the trust file must be signed by: --trust-root, or the file"
            f" {ROOT_FILE} beside it."
        ) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ConfigurationRefused(f"The file {path.name} cannot be read.") from None
