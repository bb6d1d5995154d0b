"""Files that hold a secret: only their owner may open them."""

import stat
from pathlib import Path

from licenses.errors import ConfigurationRefused


def secret_from(path: Path) -> bytes:
    """Return what stands in a secret file.

    Raises:
        ConfigurationRefused: missing, empty, or others on this machine can open it.
    """
    try:
        mode = path.stat().st_mode
        secret = path.read_bytes()
    except OSError:
        raise ConfigurationRefused(f"The secret file {path.name} cannot be read.") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationRefused(f"{path.name} is open to others; set its mode to 0600.")
    if not secret.strip():
        raise ConfigurationRefused(f"The secret file {path.name} is empty.")
    return secret
