"""The keys of one installation: a folder an owner, all under one passphrase.

Opening a folder stretches the passphrase, which is slow on purpose. So every folder is opened
once, however many keys are loaded from it, and several owners' at the same time. How a key is
kept and what makes one unusable is `schema_ext.signing.key_files`; which are needed is
`api.bootstrap`.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from licenses.model.trust import Purpose
from schema_ext.signing.key_files import KeyStore
from schema_ext.signing.keys import SigningKey


class OwnKeys:
    """The key folders below one folder; `passphrase` is asked when the first is opened."""

    def __init__(self, folder: Path, passphrase: Callable[[], str]) -> None:
        self._folder, self._passphrase = folder, passphrase
        self._stores: dict[str, KeyStore] = {}

    def of(self, owner: str) -> KeyStore:
        """Return the folder of an owner, the same one every time it is asked for."""
        if owner not in self._stores:
            self._stores[owner] = KeyStore(self._folder / owner, self._passphrase())
        return self._stores[owner]

    def load(
        self, owners: Mapping[str, str], purpose: Purpose, now: datetime
    ) -> dict[str, SigningKey]:
        """Return the keys in force for `purpose`, by what the owners go by here.

        Args:
            owners: the name of each owner's folder, by id.
            purpose: what the keys may sign.
            now: aware instant at which they must be valid.

        Raises:
            ConfigurationRefused: one of them is missing or cannot be used; see `load_key`.
        """
        stores = [self.of(owner) for owner in owners.values()]
        with ThreadPoolExecutor() as pool:
            keys = pool.map(lambda store: store.load(purpose, now), stores)
            return dict(zip(owners, keys, strict=True))
