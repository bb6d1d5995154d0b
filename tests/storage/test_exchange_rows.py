"""What an exchange remembers of its recipient: the form of ELMO, also where nobody wrote one."""

import json

from sqlalchemy import Engine, update

from licenses.model.exchange import ExchangeState
from licenses.model.trust import ElmoVersion
from licenses.storage import Vault
from licenses.storage.tables import EXCHANGE
from tests.storage.builders import exchange
from tests.storage.conftest import Register


def test_the_form_of_elmo_a_recipient_reads_is_kept(register: Register) -> None:
    plain = exchange()
    newer = plain.recipient.model_copy(update={"elmo": ElmoVersion.V2_0})
    stored = exchange(recipient=newer)
    with register() as uow:
        uow.exchanges.add(stored)
        uow.commit()

    with register() as uow:
        assert uow.exchanges.get(stored.exchange_id).recipient.elmo is ElmoVersion.V2_0


def test_a_row_from_before_there_was_a_choice_is_read_as_the_older_form(
    sql: Register, engine: Engine, vault: Vault
) -> None:
    stored = exchange()
    with sql() as uow:
        uow.exchanges.add(stored)
        uow.commit()
    before = json.loads(stored.model_dump_json())
    del before["recipient"]["elmo"]
    sealed = vault.row("exchange", stored.exchange_id).seal("content", json.dumps(before).encode())
    with engine.begin() as connection:
        connection.execute(update(EXCHANGE).values(sealed_content=sealed))

    after = stored.model_copy(update={"state": ExchangeState.CANCELLED})
    with sql() as uow:
        assert uow.exchanges.get(stored.exchange_id).recipient.elmo is ElmoVersion.V1_7
        uow.exchanges.replace(after, expected=stored)
        assert uow.exchanges.get(stored.exchange_id) == after
