"""Which address phones are sent to: a guess that puts Wi-Fi and cable first, an organiser's choice, or what the settings say."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SignIn
from tests.support.running import running_server
from tests.web.test_roles import HTML, JSON, error_of
from wall.cli.welcome import welcome
from wall.core.server.interfaces import Interface, Kind, best_first, kind_of
from wall.services.events.finding import find_event
from wall.services.server import addresses
from wall.services.server.addresses import Addresses
from wall.services.server.choosing_address import chosen_address
from wall.services.server.reachability import reachability_of
from wall.store import Store
from wall.web.kit.context import Parts
from wall.web.kit.this_computer import wall_link

LINUX = [
    ("lo", "127.0.0.1"), ("docker0", "172.17.0.1"), ("br-5f2a9c0d1e3b", "172.18.0.1"), ("veth12ab3c4", "169.254.7.7"),
    ("tailscale0", "100.101.102.103"), ("wg0", "10.8.0.2"), ("virbr0", "192.168.122.1"), ("wwan0", "10.170.3.4"),
    ("wlp2s0", "192.168.1.20"), ("enp3s0", "10.0.5.7"),
]  # fmt: skip
MAC = [
    ("lo0", "127.0.0.1"), ("utun4", "10.8.0.2"), ("bridge100", "192.168.64.1"), ("awdl0", "169.254.12.13"),
    ("vmnet8", "172.16.8.1"), ("en7", "169.254.80.1"), ("en0", "192.168.1.20"),
]  # fmt: skip
WINDOWS = [
    ("Software Loopback Interface 1", "127.0.0.1"), ("WireGuard Tunnel", "10.8.0.2"),
    ("Hyper-V Virtual Ethernet Adapter #2", "172.29.32.1"), ("VMware Virtual Ethernet Adapter for VMnet8", "192.168.75.1"),
    ("VirtualBox Host-Only Ethernet Adapter", "192.168.56.1"), ("TAP-Windows Adapter V9", "169.254.3.4"),
    ("Tailscale Tunnel", "100.90.1.2"), ("Fortinet SSL VPN Virtual Ethernet Adapter", "10.212.134.200"),
    ("Realtek PCIe GbE Family Controller", "10.0.5.7"), ("Intel(R) Wi-Fi 6 AX201 160MHz", "192.168.1.20"),
    ("Remote NDIS based Internet Sharing Device", "192.168.42.100"),
]  # fmt: skip


def named(found: list[tuple[str, str]]) -> list[Interface]:
    """As Linux and macOS tell them: one name for both."""
    return [Interface(name, name, address) for name, address in found]


def described(found: list[tuple[str, str]]) -> list[Interface]:
    """As Windows does: the name is a number that says nothing."""
    return [Interface("{4D36E972-E325-11CE}", description, address) for description, address in found]


@pytest.mark.parametrize(
    ("found", "way_out", "best"),
    [
        (named(LINUX), "10.8.0.2", ["192.168.1.20", "10.0.5.7", "10.170.3.4", "10.8.0.2", "172.17.0.1", "172.18.0.1",
                                    "192.168.122.1", "100.101.102.103", "169.254.7.7"]),
        (named(LINUX), "10.0.5.7", ["10.0.5.7", "192.168.1.20", "10.170.3.4", "10.8.0.2", "172.17.0.1", "172.18.0.1",
                                    "192.168.122.1", "100.101.102.103", "169.254.7.7"]),
        (named(MAC), "10.8.0.2", ["192.168.1.20", "10.8.0.2", "192.168.64.1", "172.16.8.1", "169.254.80.1", "169.254.12.13"]),
        (described(WINDOWS), "10.8.0.2", ["10.0.5.7", "192.168.1.20", "192.168.42.100", "10.8.0.2", "10.212.134.200", "172.29.32.1",
                                          "192.168.75.1", "192.168.56.1", "100.90.1.2", "169.254.3.4"]),
        (named([("eth0", "100.64.3.4"), ("docker0", "172.17.0.1"), ("wg0", "10.8.0.2")]), "10.8.0.2",
         ["100.64.3.4", "10.8.0.2", "172.17.0.1"]),
        (named([("eth0", "141.20.1.2"), ("wlan0", "192.168.4.20")]), "141.20.1.2", ["192.168.4.20", "141.20.1.2"]),
        (named([("lo", "127.0.0.1")]), None, []),
    ],
    ids=["a Linux laptop in a VPN", "and without", "a Mac", "Windows", "a venue with shared addresses", "a public one", "none"],
)  # fmt: skip
def test_phones_are_sent_to_the_wi_fi_or_the_cable_even_where_a_vpn_is_the_way_out(
    found: list[Interface], way_out: str | None, best: list[str]
) -> None:
    assert [one.address for one in best_first(found, way_out)] == best


@pytest.mark.parametrize(
    ("name", "description", "kind"),
    [
        ("wlan0", "", "wifi"), ("wlx00c0ca", "", "wifi"), ("eth0", "", "cable"), ("enx001122334455", "", "cable"), ("eno1", "", "cable"),
        ("en0", "", "lan"), ("usb0", "", "other"), ("br0", "", "other"), ("bridge0", "", "other"), ("bridge100", "", "virtual"),
        ("ppp0", "", "vpn"), ("tun0", "", "vpn"), ("tap1", "", "vpn"), ("ipsec0", "", "vpn"), ("ztbtovjx4h", "", "vpn"),
        ("wg-mullvad", "", "vpn"), ("wg0-mullvad", "", "vpn"), ("nordlynx", "", "vpn"), ("vboxnet0", "", "virtual"),
        ("podman0", "", "virtual"), ("cni0", "", "virtual"), ("lxcbr0", "", "virtual"),
        ("{1}", "Microsoft Wi-Fi Direct Virtual Adapter", "wifi"), ("{1}", "vEthernet (WSL)", "virtual"),
        ("{1}", "Intel(R) Ethernet Connection (16) I219-LM", "cable"), ("{1}", "Qualcomm Atheros Wireless Network Adapter", "wifi"),
        ("{1}", "PANGP Virtual Ethernet Adapter Secure", "vpn"), ("{1}", "ZeroTier Virtual Port", "vpn"),
        ("{1}", "Some Virtual Thing", "virtual"),
    ],
)  # fmt: skip
def test_an_adapter_is_told_by_its_names(name: str, description: str, kind: Kind) -> None:
    assert kind_of(name, description) == kind


@pytest.fixture
def laptop(monkeypatch: pytest.MonkeyPatch) -> list[Interface]:
    """A laptop on a Wi-Fi and in a VPN, which is the way out. A test may change its networks."""
    here = named([("lo", "127.0.0.1"), ("tun0", "10.8.0.2"), ("wlan0", "192.168.4.20"), ("eth0", "10.0.5.7")])
    monkeypatch.setattr(addresses, "interfaces", lambda: list(here))
    monkeypatch.setattr(addresses, "way_out", lambda: "10.8.0.2")
    monkeypatch.setattr(addresses, "LOOK_AGAIN_SECONDS", -1)
    return here


def test_a_laptop_is_found_by_its_address_on_the_wi_fi(laptop: list[Interface]) -> None:
    assert Addresses(None, 8000).phone_page("Q7K4") == "http://192.168.4.20:8000/e/Q7K4"
    assert Addresses(None, 80).short("Q7K4") == "192.168.4.20/Q7K4"


def test_the_address_follows_the_laptop_to_another_network(laptop: list[Interface]) -> None:
    found = Addresses(None, 8000)
    assert found.base == "http://192.168.4.20:8000"
    laptop[2:] = named([("wlan0", "10.42.0.1")])
    assert found.base == "http://10.42.0.1:8000"
    del laptop[1:]
    assert found.base == "http://127.0.0.1:8000"


def test_a_choice_counts_while_this_machine_has_it(laptop: list[Interface]) -> None:
    found = Addresses(None, 8000, chosen=lambda: "10.0.5.7")
    assert (found.base, found.look().chosen_is_here) == ("http://10.0.5.7:8000", True)
    laptop.pop()
    assert (found.base, found.look().chosen_is_here) == ("http://192.168.4.20:8000", False)
    laptop.extend(named([("eth0", "10.0.5.7")]))
    assert found.base == "http://10.0.5.7:8000"


@pytest.mark.parametrize(
    ("host", "base", "wall_here"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "http://localhost:8000/e/Q7K4/wall"),
        ("localhost", "http://localhost:8000", "http://localhost:8000/e/Q7K4/wall"),
        ("::1", "http://[::1]:8000", "http://localhost:8000/e/Q7K4/wall"),
        ("10.0.5.7", "http://10.0.5.7:8000", None),
        ("0.0.0.0", "http://192.168.4.20:8000", "http://localhost:8000/e/Q7K4/wall"),  # noqa: S104
        ("::", "http://192.168.4.20:8000", "http://localhost:8000/e/Q7K4/wall"),
    ],
)
def test_only_addresses_that_answer_are_said(
    laptop: list[Interface], host: str, base: str, wall_here: str | None
) -> None:
    found = Addresses(None, 8000, host, chosen=lambda: "")
    assert (found.base, found.wall_here("Q7K4")) == (base, wall_here)
    assert (reachability_of(found) == "host") == (host in ("127.0.0.1", "localhost", "::1"))
    assert found.can_be_chosen == (host in ("0.0.0.0", "::"))  # noqa: S104


def test_behind_https_nothing_is_said_of_localhost() -> None:
    assert Addresses("https://wall.example.org", 8000, "127.0.0.1").wall_here("Q7K4") is None
    assert Addresses("http://wall.lan", 8000).wall_here("Q7K4") == "http://localhost:8000/e/Q7K4/wall"


def test_the_terminal_says_where_the_screen_can_be_kept_awake_and_whether_phones_come_in(
    store: Store, cast: Cast, laptop: list[Interface]
) -> None:
    everybody = welcome(store, Addresses(None, 8000), None)
    assert f"http://localhost:8000/e/{cast.event.code}/wall" in everybody
    assert "HOST is set" not in everybody
    nobody = welcome(store, Addresses(None, 8000, "127.0.0.1"), None)
    assert f"Phones   http://127.0.0.1:8000/e/{cast.event.code}" in nobody
    assert (
        "Phones cannot reach these addresses: HOST is set so that only this computer is answered." in nobody
    )
    assert "Join the Wi-Fi" not in nobody
    assert "192.168.4.20" not in nobody
    assert "localhost" not in welcome(store, Addresses("https://wall.example.org", 8000), None)


def test_a_server_for_this_computer_alone_prints_addresses_that_answer(tmp_path: Path) -> None:
    with running_server(tmp_path, PUBLIC_URL="", HOST="127.0.0.1") as server:
        assert any(f"Phones   {server.url}/e/{server.code}" in line for line in server.printed)


@pytest.fixture
def at_large(parts: Parts, laptop: list[Interface], monkeypatch: pytest.MonkeyPatch) -> Addresses:
    """The server without a PUBLIC_URL, on that laptop."""
    found = parts.addresses
    monkeypatch.setattr(found, "_public_url", None)
    monkeypatch.setattr(found, "_host", "0.0.0.0")  # noqa: S104
    return found


def choose(desk: FlaskClient, cast: Cast, address: str, accept: str = JSON) -> Any:
    return desk.post(
        f"/desk/e/{cast.event.code}/address", data={"address": address}, headers={"Accept": accept}
    )


def before(desk: FlaskClient, cast: Cast) -> str:
    page: str = desk.get(f"/desk/e/{cast.event.code}/before", headers={"Accept": HTML}).text
    return page


def test_an_organiser_sees_all_addresses_and_chooses_one_for_every_screen(
    cast: Cast, store: Store, parts: Parts, signed_in: SignIn, guest: FlaskClient, at_large: Addresses
) -> None:
    desk = signed_in(cast.organiser)
    page = before(desk, cast)
    places = [page.index(f'value="{one}"') for one in ("192.168.4.20", "10.0.5.7", "10.8.0.2")]
    assert places == sorted(places)
    assert tuple(
        words for words in ("network cable", "VPN: phones in the room are usually not on it") if words in page
    ) == ("network cable", "VPN: phones in the room are usually not on it")
    versions = [find_event(store, one.code).version for one in (cast.event, cast.other_event)]

    assert choose(desk, cast, "10.0.5.7").status_code == 303
    told = guest.get(f"/e/{cast.event.code}/pledges").get_json()
    assert told["event"]["short_address"] == f"10.0.5.7:{parts.settings.port}/{cast.event.code}"
    assert [find_event(store, one.code).version for one in (cast.event, cast.other_event)] == [
        version + 1 for version in versions
    ], "walls hear of it at once"
    assert 'value="10.0.5.7" checked' in before(desk, cast)
    assert chosen_address(store) == "10.0.5.7", "a server that starts again finds it"

    choose(desk, cast, "10.0.5.7")
    assert find_event(store, cast.event.code).version == versions[0] + 1, "the same again moves nothing"
    choose(desk, cast, "")
    assert at_large.base.startswith("http://192.168.4.20:")


def test_a_choice_that_went_away_is_said(
    cast: Cast, signed_in: SignIn, at_large: Addresses, laptop: list[Interface]
) -> None:
    desk = signed_in(cast.organiser)
    choose(desk, cast, "10.0.5.7")
    laptop.pop()
    page = before(desk, cast)
    assert (
        "10.0.5.7 was chosen, but this computer does not have that address at the moment. Phones use 192.168.4.20"
        in page
    )


@pytest.mark.parametrize("address", ["10.9.9.9", "evil.example", "127.0.0.1", "192.168.4.20 "])
def test_only_an_address_of_this_computer_can_be_chosen(
    cast: Cast, store: Store, signed_in: SignIn, at_large: Addresses, address: str
) -> None:
    desk = signed_in(cast.organiser)
    assert error_of(choose(desk, cast, address)) == (422, "bad_input")
    page = choose(desk, cast, address, HTML)
    assert "This computer no longer has that address. Choose another." in page.text
    assert chosen_address(store) == ""


def test_where_the_settings_say_the_address_there_is_no_choice(
    cast: Cast, store: Store, signed_in: SignIn, laptop: list[Interface]
) -> None:
    desk = signed_in(cast.organiser)
    assert 'name="address"' not in before(desk, cast)
    assert error_of(choose(desk, cast, "10.0.5.7")) == (422, "bad_input")
    assert chosen_address(store) == ""


def test_a_helper_and_an_organiser_of_another_event_choose_nothing(
    cast: Cast, store: Store, signed_in: SignIn, at_large: Addresses, database: str
) -> None:
    assert error_of(choose(signed_in(cast.other_organiser), cast, "10.0.5.7")) == (404, "event_not_found")
    assert error_of(choose(signed_in(cast.moderator), cast, "10.0.5.7")) == (403, "not_your_role")
    desk = signed_in(cast.co_organiser)
    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE organisers SET makes_events = 0 WHERE id = ?", (cast.co_organiser.id,))
    assert error_of(choose(desk, cast, "10.0.5.7")) == (403, "not_your_role")
    page = before(desk, cast)
    assert 'name="address"' not in page
    assert "10.0.5.7" in page
    assert chosen_address(store) == ""


def test_the_wall_is_opened_as_localhost_from_the_computer_that_runs_the_server(
    app: Flask, cast: Cast, at_large: Addresses, parts: Parts
) -> None:
    path = f"/e/{cast.event.code}/wall"
    best = f"http://localhost:{parts.settings.port}{path}"
    for came_from, called, link in (
        ("192.168.4.20", "192.168.4.20:8000", best),
        ("192.168.4.21", "192.168.4.20:8000", path),
        ("127.0.0.1", "127.0.0.1:8000", path),
        ("127.0.0.1", "localhost:8000", path),
    ):
        environ = {"REMOTE_ADDR": came_from, "HTTP_HOST": called}
        with app.test_request_context("/desk", environ_overrides=environ):
            assert wall_link(cast.event.code) == link, (came_from, called)
