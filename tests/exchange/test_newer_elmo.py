"""A receiver registered for ELMO 2.0 is sent that, and reads the same verdict from it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from api.bootstrap import application
from api.demo.people import BJORN, ELENI, KARI, DemoPerson
from api.settings import read_site
from licenses.model.exchange import Recipient
from licenses.model.trust import ElmoVersion, Purpose
from schema_ext.discovery.trust_file import read_trust, write_trust
from schema_ext.namespaces import elmo
from tests.exchange.browser import Browser, Screen, Server
from tests.exchange.sites import NORTH, NOW, Sites
from tests.exchange.walking import (
    all_the_way,
    consented,
    exchange_id_of,
    returned,
    sent_elmo,
    to_the_check,
)
from tests.trust_samples import signing_key

WAYS = [(KARI, "NO"), (BJORN, "NO"), (ELENI, "SE")]


@pytest.fixture(scope="session")
def newer_server(two_sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The provider under a trust file that names ELMO 2.0 for the hospital."""
    settings = read_site(two_sites.world.north)
    network = settings.network
    octets = (settings.folder / network.trust).read_bytes()
    listed = read_trust(octets, root_kid=network.trust_root, now=NOW).content
    smps = tuple(one.model_copy(update={"elmo": ElmoVersion.V2_0}) for one in listed.smps)
    root, path = signing_key(Purpose.TRUST), tmp_path_factory.mktemp("newer") / "trust.json"
    path.write_bytes(write_trust(listed.model_copy(update={"smps": smps}), root))
    changed = network.model_copy(update={"trust": path, "trust_root": root.kid})
    unlimited = {"pages_per_minute": 10**6, "status_per_minute": 10**6, "network": changed}
    return Server(application(settings.model_copy(update=unlimited), two_sites.clock))


@pytest.fixture
def newer(sites: Sites, newer_server: Server) -> Iterator[Sites]:
    """The two sites, with that provider in the place of the other."""
    before = sites.servers.by_origin[NORTH]
    sites.servers.by_origin[NORTH] = newer_server
    yield sites
    sites.servers.by_origin[NORTH] = before


def verdict_of(browser: Browser, shown: Screen) -> dict[str, Any]:
    """Return the verdict that the page offers to keep."""
    (address,) = [link for link in shown.links if link.endswith("/verdict.json")]
    verdict: dict[str, Any] = json.loads(browser.get(address).response.text)
    return verdict


def judged(verdict: dict[str, Any]) -> dict[str, Any]:
    """Return the answers and reasons of a verdict, without what every session has its own of.

    The learner is told in other letters where two alphabets are known; the day is the same.
    """
    of_licenses = [
        {line: one[line] for line in ("overall", "content", "authority", "holder", "place")}
        | {"standing": one["standing"]["answer"], "source": one["standing"]["source"]}
        for one in verdict["licenses"]
    ]
    kept = ("kind", "overall", "reasons", "signature", "schema")
    born = verdict["learner"]["birthDate"]
    return {line: verdict[line] for line in kept} | {"born": born, "licenses": of_licenses}


@pytest.mark.parametrize(("who", "country"), WAYS)
def test_the_verdict_is_the_same_by_either_form(
    sites: Sites, request: pytest.FixtureRequest, who: DemoPerson, country: str
) -> None:
    stated = {"territory": country, "ncp": f"DEMO-{country}"}
    older_browser = sites.browser()
    older = judged(verdict_of(older_browser, all_the_way(older_browser, who, **stated)))

    request.getfixturevalue("newer")
    browser = sites.browser()
    sending = consented(browser, to_the_check(browser, who, **stated))
    newer = judged(verdict_of(browser, returned(browser, sending)))

    assert elmo_of(sites, sending).find(f".//{elmo('dateOfBirth')}") is not None
    assert older["schema"]["answer"] == "valid"
    assert newer == older


def test_what_is_sent_names_the_learner_in_the_newer_way(newer: Sites) -> None:
    browser = newer.browser()

    sending = consented(browser, to_the_check(browser, KARI))

    learner = elmo_of(newer, sending).find(elmo("learner"))
    assert learner is not None
    assert [(str(etree.QName(one).localname), one.text) for one in learner] == [
        ("givenNames", KARI.person.current_name.given),
        ("familyName", KARI.person.current_name.family),
        ("alternativeName", KARI.person.current_name.full),
        ("dateOfBirth", KARI.person.birth_date.isoformat()),
    ]
    assert recipient_of(newer, sending).elmo is ElmoVersion.V2_0


def test_a_receiver_for_whom_nothing_is_named_is_sent_the_older_form(sites: Sites) -> None:
    browser = sites.browser()

    sending = consented(browser, to_the_check(browser, KARI))

    assert elmo_of(sites, sending).find(f"{elmo('learner')}/{elmo('bday')}") is not None
    assert recipient_of(sites, sending).elmo is ElmoVersion.V1_7


def elmo_of(sites: Sites, sending: Screen) -> etree._Element:
    """Return the root of the document that was sent."""
    return etree.fromstring(sent_elmo(sites, sending))


def recipient_of(sites: Sites, sending: Screen) -> Recipient:
    """Return the recipient as the exchange remembers it."""
    return sites.exchange(exchange_id_of(sending)).recipient


def test_the_employer_reads_by_which_name_the_learner_was_recognised(newer: Sites) -> None:
    browser = newer.browser()
    sending = consented(browser, to_the_check(browser, ELENI, territory="SE", ncp="DEMO-SE"))
    shown = returned(browser, sending)
    verdict = verdict_of(browser, shown)

    assert verdict["learner"]["alternativeName"] == "Ελένη Παπαδοπούλου"
    assert verdict["licenses"][0]["recognisedBy"] == {
        "name": {"given": "Eleni", "family": "Papadopoulou", "type": "professional"},
        "alternative": False,
    }
    assert "known in the document by the professional name" in shown.response.text
