"""Factories of domain values for tests: `XFactory.build(field=...)`, real-looking, no real person.

Sequences count on from test to test; a test states every field it compares.
"""

from tests.factories.decisions import DecisionFactory, EncumbranceFactory
from tests.factories.grants import (
    AuthorityFactory,
    GrantFactory,
    IssuerFactory,
    MandateEntryFactory,
    ProfessionFactory,
    SealContentFactory,
    texts,
)
from tests.factories.people import HolderFactory, PersonFactory, PersonNameFactory

__all__ = [
    "AuthorityFactory",
    "DecisionFactory",
    "EncumbranceFactory",
    "GrantFactory",
    "HolderFactory",
    "IssuerFactory",
    "MandateEntryFactory",
    "PersonFactory",
    "PersonNameFactory",
    "ProfessionFactory",
    "SealContentFactory",
    "texts",
]
