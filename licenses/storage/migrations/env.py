"""Run the steps on the connection `upgrade` gives; Alembic calls this file.

All steps of one upgrade are one transaction, so a process killed in the middle leaves the
database as it was. Nothing here configures logging.
"""

from alembic import context

from licenses.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
