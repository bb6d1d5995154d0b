"""What happens to a holder happens to each of the licenses they hold: a new name, a death.

A holder's description, once corrected, is sealed into each of them: a seal says names and birth
date of its holder (design.md 4). A license left with the old ones would be taken for somebody
else's as soon as the holder shows two, and nobody would know which of them to set right. A death
ends them all. Sealing and keeping is `licenses.services.seal_step`.
"""

from licenses.model.lifecycle import FINAL
from licenses.model.register import LicenseRecord
from licenses.ports import Ids, UnitOfWork
from licenses.services.case import Case
from licenses.services.drafting import drafted
from licenses.services.rulings import Correct, RecordDeath, Ruling
from licenses.services.settle import Order


def with_the_others(uow: UnitOfWork, order: Order, ruling: Correct, ids: Ids) -> Order:
    """Return an order that also corrects the holder in every other license sealed for them.

    A license that has ended for good keeps its last seal: nothing will ever be shown by it.

    Args:
        uow: the unit of work the order's case was read in.
        order: the correction; its `holder` is the description as it will be.
        ruling: what was asked for; day, reasons and law hold for every license alike.
        ids: gives each further decision its id.
    """
    alike = ruling.model_copy(update=dict.fromkeys(_OF_ONE_LICENSE))
    key = order.case.record.key
    others = [
        record
        for record in uow.licenses.of_holder(key.authority_id, order.holder.holder_id)
        if record.key != key and _shows_its_holder(record)
    ]
    return order._replace(also=tuple(_alike(uow, order, alike, one, ids) for one in others))


_OF_ONE_LICENSE = frozenset(
    {"number", "titles", "profession_titles", "license_legal_basis", "first_issued"}
)


def with_every_license(uow: UnitOfWork, order: Order, ruling: RecordDeath, ids: Ids) -> Order:
    """Return an order that records the holder's death in every other license, applied for or held.

    Arguments as for `with_the_others`. A license that has ended for good stays as it is.
    """
    key = order.case.record.key
    others = [
        record
        for record in uow.licenses.of_holder(key.authority_id, order.holder.holder_id)
        if record.key != key and record.state.base not in FINAL
    ]
    return order._replace(also=tuple(_alike(uow, order, ruling, one, ids) for one in others))


def _shows_its_holder(record: LicenseRecord) -> bool:
    return record.record_version > 0 and record.state.base not in FINAL


def _alike(uow: UnitOfWork, order: Order, ruling: Ruling, record: LicenseRecord, ids: Ids) -> Order:
    decisions = uow.decisions.of(record.key)
    case = Case(record, decisions, order.holder, order.case.authority)
    decision = drafted(case, ruling, order.actor, order.at, ids)
    return Order(case, decision, order.holder, order.actor, order.at)
