"""How to join can be read on every screen: all of the address, beside a code that a phone can scan, within the margin."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import WALL, OpenPage, open_desk
from tests.browser.people import save_settings
from tests.conftest import a_draft
from tests.support.pictures import codes_in
from tests.support.running import Server, running_server, wait_until
from wall.core.wifi import wifi_code

Size = tuple[int, int]

SCREENS: list[Size] = [(1024, 768), (1280, 720), (1920, 1080), (3840, 1080), (1080, 1920), (800, 600)]
ADDRESSES = [
    "http://192.168.178.123:8000",
    "http://pledges.improvement-academy.university-hospital.example.org:8000",
    "http://[2001:db8:85a3:1234:5678:8a2e:370:7334]:8000",
]
LONG = "What will you grow, with whom, and how shall we see in spring that it grew?"

BOXES = """() => [...document.querySelectorAll('h1, .count, .join-scene .call, .join-scene .address, .join-scene .qr, .join-scene[data-wifi] :is(.call-wifi, .qr-wifi, dl)')]
  .map((part) => {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    const [wide, tall] = [part.scrollWidth - part.clientWidth, part.matches('.address, dl') ? part.scrollHeight - part.clientHeight : 0];
    return [part.className || part.localName, left, top, right + Math.max(0, wide), bottom + Math.max(0, tall)];
  })"""

Box = tuple[str, float, float, float, float]


@pytest.fixture(params=ADDRESSES, ids=["ipv4", "host", "ipv6"], scope="module")
def server_at(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Server]]:
    with running_server(tmp_path_factory.mktemp("address"), PUBLIC_URL=request.param) as server:
        yield request.param, server


def open_join(server: Server, open_page: OpenPage, size: Size, margin: int = 0) -> Page:
    """The wall on a screen of this size, as it says how to join."""
    wall = open_page(
        f"{server.url}/e/{server.code}/wall?margin={margin}", {"width": size[0], "height": size[1]}
    )
    expect(wall.locator(".number")).to_have_text("0")
    wall.keyboard.press("j")
    expect(wall.locator("main")).to_have_attribute("data-scene", "join")
    for code in wall.locator(".join-scene .qr, .join-scene[data-wifi] .qr-wifi").all():
        expect(code).to_have_js_property("complete", True)
    return wall


def on_each_screen(wall: Page) -> Iterator[Size]:
    """The same wall on every screen, once it has taken the size of that one."""
    for size in SCREENS:
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        wall.wait_for_function("(size) => innerWidth === size[0] && innerHeight === size[1]", arg=size)
        wall.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        wait_until(lambda: wall.evaluate("document.getAnimations().length") == 0, "nothing moves any more")
        yield size


def boxes(wall: Page) -> list[Box]:
    found: list[Box] = [tuple(one) for one in wall.evaluate(BOXES)]
    return found


def apart(one: Box, other: Box) -> bool:
    return (
        one[3] <= other[1] + 1 or other[3] <= one[1] + 1 or one[4] <= other[2] + 1 or other[4] <= one[2] + 1
    )


def assert_all_can_be_read(wall: Page, margin: int = 0) -> None:
    size = wall.viewport_size
    assert size
    beside, above = size["width"] * margin / 100, size["height"] * margin / 100
    found = boxes(wall)
    for index, one in enumerate(found):
        _, left, top, right, bottom = one
        assert beside - 1 <= left <= right <= size["width"] - beside + 1, one
        assert above - 1 <= top <= bottom <= size["height"] - above + 1, one
        assert [other for other in found[index + 1 :] if not apart(one, other)] == [], one


def test_all_of_the_address_is_beside_the_code(server_at: tuple[str, Server], open_page: OpenPage) -> None:
    address, server = server_at
    wall = open_join(server, open_page, SCREENS[0])
    shown, code = wall.locator(".join-scene .address"), wall.locator(".join-scene .qr")
    expect(shown).to_have_text(f"{address.removeprefix('http://')}/{server.code}")
    for size in on_each_screen(wall):
        assert_all_can_be_read(wall)
        assert letters_of(shown) >= size[1] / 36, ("it is as large as the smallest pledge", size)
        assert width_of(code) >= min(size) * 0.4, size
        assert scanned(wall) == {f"{address}/e/{server.code}"}, size


def letters_of(part: Locator) -> float:
    return float(part.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)"))


def width_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["width"]


@pytest.mark.parametrize(
    "size", [(800, 600), (1920, 1080), (1080, 1920)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_also_under_a_long_question_and_within_the_margin_of_a_projector(
    server: Server, open_page: OpenPage, size: tuple[int, int]
) -> None:
    settings = open_desk(server, open_page)
    settings.goto(f"{server.url}/desk/e/{server.code}/settings")
    settings.get_by_label("Question", exact=True).fill(LONG)
    save_settings(settings)
    wall = open_join(server, open_page, size, margin=8)
    expect(wall.locator("main[data-long]")).to_be_visible()
    assert_all_can_be_read(wall, margin=8)


WITH_A_MARGIN = [(1024, 768), (1920, 1080)]
WIFI = "Royal Infirmary – Visitors", "Quality;2026:in spring, \\o/"


@pytest.fixture(params=ADDRESSES, ids=["ipv4", "host", "ipv6"], scope="module")
def server_with_wifi(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Server]]:
    with running_server(tmp_path_factory.mktemp("wifi"), PUBLIC_URL=request.param) as server:
        server.change_event(wifi_name=WIFI[0], wifi_password=WIFI[1])
        yield request.param, server


@pytest.mark.parametrize("margin", [0, 5])
def test_with_a_wi_fi_both_codes_can_be_scanned_and_all_words_read(
    server_with_wifi: tuple[str, Server], open_page: OpenPage, margin: int
) -> None:
    address, server = server_with_wifi
    wall = open_join(server, open_page, SCREENS[0], margin)
    for size in on_each_screen(wall):
        if margin and size not in WITH_A_MARGIN:
            continue
        assert_all_can_be_read(wall, margin)
        for part in (".address", "dl"):
            letters = letters_of(wall.locator(f".join-scene {part}"))
            assert letters >= size[1] / 36 * (1 - margin / 50), (part, size)
        for code in (".qr", ".qr-wifi"):
            assert width_of(wall.locator(f".join-scene {code}")) >= min(size) * 0.2, (code, size)
        assert scanned(wall) == {f"{address}/e/{server.code}", wifi_code(*WIFI)}, size


def set_wifi(settings: Page, name: str, password: str) -> None:
    settings.get_by_label("Network name (leave empty to show none)").fill(name)
    settings.get_by_label("Password (leave empty for an open network)").fill(password)
    save_settings(settings)


def test_a_wall_that_is_open_follows_the_wi_fi(server: Server, open_page: OpenPage) -> None:
    wall = open_page(f"{server.url}/e/{server.code}/wall", WALL)
    expect(wall.locator(".number")).to_have_text("0")
    wall.keyboard.press("j")
    expect(wall.locator(".join-scene .call")).to_be_visible()
    expect(wall.locator(".wifi-name")).to_be_hidden()
    settings = open_desk(server, open_page)
    settings.goto(f"{server.url}/desk/e/{server.code}/settings")
    set_wifi(settings, "Guest", "spring-2027")
    expect(wall.locator(".wifi-name")).to_have_text("Guest")
    expect(wall.locator(".wifi-password")).to_have_text("spring-2027")
    wait_until(lambda: wifi_code("Guest", "spring-2027") in scanned(wall), "its code is there")
    set_wifi(settings, "Open to all", "")
    expect(wall.locator(".wifi-name")).to_have_text("Open to all")
    expect(wall.locator(".wifi-password")).to_be_hidden()
    set_wifi(settings, "", "")
    expect(wall.locator(".wifi-name")).to_be_hidden()


def scanned(wall: Page) -> set[str]:
    return set(codes_in(wall.screenshot()))


def test_whoever_opens_the_wall_where_it_cannot_be_kept_awake_is_told(
    server: Server, open_page: OpenPage
) -> None:
    path = f"/e/{server.code}/wall"
    safe = open_page(f"{server.url}{path}", WALL)
    expect(safe.locator(".number")).to_have_text("0")
    expect(safe.locator(".awake-hint")).to_be_hidden()
    safe.add_init_script("Object.defineProperty(self, 'isSecureContext', { value: false })")
    safe.clock.install()
    safe.reload()
    expect(safe.locator(".awake-hint")).to_have_text(
        "This screen may go dark. Press ? to see how to keep it awake."
    )
    safe.keyboard.press("?")
    expect(safe.locator(".may-sleep")).to_contain_text(f"http://localhost:{server.port}{path}")
    safe.clock.fast_forward(13_000)
    expect(safe.locator(".awake-hint")).to_be_hidden()


def test_a_margin_is_set_for_all_and_by_a_key_for_one(server: Server, open_page: OpenPage) -> None:
    server.send(a_draft("Listen more. " * 12))
    walls = [open_page(f"{server.url}/e/{server.code}/wall", WALL) for _ in range(2)]
    settings = open_desk(server, open_page)
    settings.goto(f"{server.url}/desk/e/{server.code}/settings")
    settings.get_by_label("Margin").fill("5")
    save_settings(settings)
    for wall in walls:
        wait_until(lambda wall=wall: margin_of(wall) >= 0.05, "the wall leaves the edges")
    walls[0].keyboard.press("m")
    wait_until(lambda: margin_of(walls[0]) >= 0.07, "one screen leaves more")
    walls[0].reload()
    wait_until(lambda: margin_of(walls[0]) >= 0.07, "also after a reload")
    walls[0].keyboard.press("m")
    wait_until(lambda: margin_of(walls[0]) < 0.05, "and none again")
    assert 0.05 <= margin_of(walls[1]) < 0.07
    expect(settings.get_by_label("Margin")).to_have_value("5")


def margin_of(wall: Page) -> float:
    """The part of the screen's height that is left empty below the notes and how to join, without the usual edge."""
    found = wall.evaluate(
        """() => {
          const usual = parseFloat(getComputedStyle(document.querySelector('main')).getPropertyValue('column-gap'));
          const lowest = Math.max(...['.track', 'aside'].map((one) => document.querySelector(one).getBoundingClientRect().bottom));
          return (innerHeight - lowest - usual) / innerHeight;
        }"""
    )
    return round(float(found), 3)
