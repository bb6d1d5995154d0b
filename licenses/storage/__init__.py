"""How the register is kept: the only SQL of the project, and its in-memory twin.

`engine` and `schema` open and upgrade a file, `vault` keeps personal columns unreadable,
`unit_of_work` is the transaction and `memory` the twin. The rest is inside.
"""

from licenses.storage.engine import open_engine
from licenses.storage.memory import MemoryStore, MemoryUnitOfWork
from licenses.storage.schema import bind_vault, upgrade
from licenses.storage.unit_of_work import SqlUnitOfWork
from licenses.storage.vault import Vault, create_master_key, load_master_key

__all__ = [
    "MemoryStore",
    "MemoryUnitOfWork",
    "SqlUnitOfWork",
    "Vault",
    "bind_vault",
    "create_master_key",
    "load_master_key",
    "open_engine",
    "upgrade",
]
