"""Authorities, professions and actors, over memory and SQL."""

import pytest

from licenses.errors import Conflict, NotAuthenticated, NotFound
from licenses.model.decision import Role
from tests.factories import AuthorityFactory, ProfessionFactory
from tests.storage.builders import AUTHORITY, OTHER_AUTHORITY, actor, digest
from tests.storage.conftest import Register


def test_an_unknown_authority_is_not_found(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.authorities.get("https://nobody.example/")


def test_authorities_are_listed_by_id(register: Register) -> None:
    ids = ["https://b.example/", "https://a.example/", "https://B.example/"]
    with register() as uow:
        for one in ids:
            uow.authorities.put(AuthorityFactory.build(id=one))

        assert [authority.id for authority in uow.authorities.all()] == sorted(ids)


def test_putting_an_authority_again_replaces_it(register: Register) -> None:
    later = AuthorityFactory.build(mandate=())
    with register() as uow:
        uow.authorities.put(AuthorityFactory.build())
        uow.authorities.put(later)

        assert uow.authorities.all() == (later,)


def test_a_profession_is_found_in_its_authoritys_list_only(register: Register) -> None:
    nurse = ProfessionFactory.build(code="sykepleier")
    with register() as uow:
        uow.authorities.put_profession(AUTHORITY, nurse)

        assert uow.authorities.profession(AUTHORITY, "sykepleier") == nurse
        with pytest.raises(NotFound):
            uow.authorities.profession(OTHER_AUTHORITY, "sykepleier")


def test_an_unlisted_profession_is_not_found(register: Register) -> None:
    with register() as uow, pytest.raises(NotFound):
        uow.authorities.profession(AUTHORITY, "astrolog")


def test_professions_are_listed_by_code(register: Register) -> None:
    with register() as uow:
        for code in ("lege", "jordmor", "sykepleier"):
            uow.authorities.put_profession(AUTHORITY, ProfessionFactory.build(code=code))
        uow.authorities.put_profession(OTHER_AUTHORITY, ProfessionFactory.build(code="apotekare"))

        listed = [profession.code for profession in uow.authorities.professions(AUTHORITY)]
        assert listed == ["jordmor", "lege", "sykepleier"]


def test_putting_a_profession_again_replaces_it(register: Register) -> None:
    before = ProfessionFactory.build(code="lege", eqf_level=6)
    after = before.model_copy(update={"eqf_level": 7})
    with register() as uow:
        uow.authorities.put_profession(AUTHORITY, before)
        uow.authorities.put_profession(AUTHORITY, after)

        assert uow.authorities.professions(AUTHORITY) == (after,)


def test_an_actor_is_found_by_the_digest_of_the_token(register: Register) -> None:
    officer = actor()
    with register() as uow:
        uow.actors.add(officer)

        assert uow.actors.by_token(officer.token_sha256) == officer


def test_an_unknown_token_is_not_authenticated(register: Register) -> None:
    with register() as uow:
        uow.actors.add(actor())

        with pytest.raises(NotAuthenticated):
            uow.actors.by_token(digest("another token"))


def test_a_second_actor_of_one_id_is_refused(register: Register) -> None:
    first = actor()
    with register() as uow:
        uow.actors.add(first)
        with pytest.raises(Conflict):
            uow.actors.add(actor(role=Role.CLERK, token_sha256=digest("a second token")))

        assert uow.actors.by_token(first.token_sha256) == first
        with pytest.raises(NotAuthenticated):
            uow.actors.by_token(digest("a second token"))


def test_two_authorities_may_have_actors_of_one_id(register: Register) -> None:
    abroad = actor(authority_id=OTHER_AUTHORITY, token_sha256=digest("abroad"))
    with register() as uow:
        uow.actors.add(actor())
        uow.actors.add(abroad)

        assert uow.actors.by_token(digest("abroad")) == abroad
