"""A phone whose storage is full, refused, or damaged: nothing is lost or doubled, and the words are true."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import nothing_gets_out, send, write, write_another, written_here
from tests.browser.test_modules import run_module  # noqa: F401  a fixture
from tests.browser.test_phone import STORED, Stored
from tests.support.running import Server

RunModule = Callable[..., Any]

SAVED = "Saved on this phone."
UNSAVED = "Not saved on this phone: keep this page open until it is sent."

OUTBOX = """async ({ Outbox }, steps) => {
  const { Store } = await import(url.replace("outbox.js", "store.js"));
  let room = Infinity;
  let readable = true;
  const shelf = new Map();
  Object.defineProperty(window, "localStorage", { configurable: true, value: {
    getItem(name) { if (!readable) throw new Error("refused"); return shelf.get(name) ?? null; },
    setItem(name, value) {
      if (!readable || value.length > room) throw new DOMException("full", "QuotaExceededError");
      shelf.set(name, value);
    },
    removeItem(name) { shelf.delete(name); },
  } });
  const tabs = [0, 1].map(() => new Outbox(new Store(), "ABCD"));
  const texts = (outbox) => outbox.entries.map(({ content }) => content.text);
  const keyOf = (text) => tabs.flatMap(({ entries }) => entries).find(({ content }) => content.text === text).key;
  const seen = [];
  for (const [what, tab, text] of steps) {
    if (what === "full") room = 0;
    if (what === "room") room = tab;
    if (what === "unreadable") readable = false;
    if (what === "well") [room, readable] = [Infinity, true];
    if (what === "damage") shelf.set("scribe-wall:ABCD:outbox", tab);
    if (what === "add") tabs[tab].add({ text, name: "", organisation: "", theme: "" });
    if (what === "note") tabs[tab].note(keyOf(text), { receipt: "http://wall.test/receipt/" + text });
    if (what === "drop") tabs[tab].drop(keyOf(text));
    if (what === "saved") seen.push(tabs[tab].isSaved(keyOf(text)));
    if (what === "texts") seen.push(texts(tabs[tab]));
    if (what === "unsent") seen.push(tabs[tab].unsent.map(({ content }) => content.text));
    if (what === "reload") tabs[tab] = new Outbox(new Store(), "ABCD");
  }
  return seen;
}"""

Step = tuple[Any, ...]


@pytest.fixture
def outbox(run_module: RunModule) -> Callable[..., list[Any]]:  # noqa: F811
    """Two tabs of one phone, whose storage does as the steps say."""
    return lambda *steps: run_module("phone/outbox.js", OUTBOX, [list(step) for step in steps])


def test_after_a_refused_write_memory_wins(outbox: Callable[..., list[Any]]) -> None:
    seen = outbox(
        ("add", 0, "one"), ("full",), ("add", 0, "two"), ("saved", 0, "one"), ("saved", 0, "two"), ("unsent", 0),
        ("note", 0, "one"), ("unsent", 0), ("drop", 0, "two"), ("texts", 0),
    )  # fmt: skip
    assert seen == [True, False, ["one", "two"], ["two"], ["one"]]


def test_what_was_refused_is_offered_again_and_kept_when_there_is_room(
    outbox: Callable[..., list[Any]],
) -> None:
    seen = outbox(
        ("full",), ("add", 0, "one"), ("saved", 0, "one"), ("well",), ("saved", 0, "one"), ("reload", 0), ("texts", 0),
    )  # fmt: skip
    assert seen == [False, True, ["one"]]


def test_what_another_tab_wrote_meanwhile_is_not_written_over(outbox: Callable[..., list[Any]]) -> None:
    seen = outbox(
        ("add", 0, "one"), ("full",), ("add", 0, "two"), ("well",), ("add", 1, "three"), ("note", 1, "one"),
        ("add", 0, "four"), ("texts", 0), ("texts", 1), ("unsent", 0),
    )  # fmt: skip
    everything = ["one", "three", "two", "four"]
    assert seen == [everything, everything, ["three", "two", "four"]]


def test_a_storage_that_cannot_be_read_for_a_while_loses_nothing(outbox: Callable[..., list[Any]]) -> None:
    seen = outbox(
        ("add", 0, "one"), ("unreadable",), ("add", 0, "two"), ("unsent", 0), ("well",), ("add", 0, "three"),
        ("reload", 0), ("texts", 0),
    )  # fmt: skip
    assert seen == [["two"], ["one", "two", "three"]]


def test_where_there_is_room_for_little_the_little_is_kept(outbox: Callable[..., list[Any]]) -> None:
    seen = outbox(
        ("room", 130), ("add", 0, "one"), ("saved", 0, "one"), ("add", 0, "two"), ("saved", 0, "two"), ("unsent", 0),
        ("drop", 0, "one"), ("saved", 0, "two"),
    )  # fmt: skip
    assert seen == [True, False, ["one", "two"], True]


@pytest.mark.parametrize("damage", ["{half", "null", "7", '"text"', "[null, 7, {}]", '{"key": 1}'])
def test_damaged_storage_is_as_empty(outbox: Callable[..., list[Any]], damage: str) -> None:
    seen = outbox(
        ("damage", damage), ("texts", 0), ("add", 0, "one"), ("saved", 0, "one"), ("reload", 0), ("texts", 0)
    )
    assert seen == [[], True, ["one"]]


FULL = """(() => {
  window.full = true;
  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, value) {
    if (window.full && name.startsWith("scribe-wall:")) throw new DOMException("full", "QuotaExceededError");
    put.call(this, name, value);
  };
})()"""


@pytest.fixture
def stored(server: Server) -> Stored:
    return Stored(server)


def test_the_second_pledge_on_a_full_phone_is_sent_and_the_words_are_true(
    phone: Page, stored: Stored
) -> None:
    said = phone.get_by_role("status").first
    with nothing_gets_out(phone):
        write(phone, "First.")
        expect(said).to_contain_text(SAVED)
        phone.evaluate(FULL)
        write_another(phone, "Second.")
        expect(said).to_contain_text(f"{UNSAVED} Not sent yet: no connection")
        expect(phone.locator("[data-step=saved][data-done]")).to_have_count(0)
        write_another(phone, "Third.")
        expect(said).to_contain_text(UNSAVED)
    expect(phone.get_by_text(STORED)).to_be_visible()
    expect(written_here(phone).get_by_role("link")).to_have_text(["Second.", "First."])
    assert stored.texts == ["First.", "Second.", "Third."]


def test_a_phone_that_has_room_again_says_so(phone: Page, stored: Stored) -> None:
    with nothing_gets_out(phone):
        phone.evaluate(FULL)
        write(phone, "First.")
        expect(phone.get_by_role("status").first).to_contain_text(UNSAVED)
        phone.evaluate("window.full = false")
        expect(phone.get_by_role("status").first).to_contain_text(SAVED)
        phone.reload()
        expect(phone.get_by_role("status").first).to_contain_text(SAVED)
    phone.reload()
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert stored.texts == ["First."]


def test_what_is_typed_on_a_full_phone_is_what_is_sent_and_never_an_older_draft(
    phone: Page, stored: Stored
) -> None:
    field = phone.get_by_role("textbox", name="Your pledge")
    field.fill("An older draft")
    phone.evaluate(FULL)
    field.fill("What I mean.")
    send(phone)
    expect(phone.get_by_text(STORED)).to_be_visible()
    phone.get_by_role("link", name="Write another").click()
    expect(field).to_have_value("")
    phone.reload()
    expect(phone.get_by_text(STORED).or_(field)).to_be_visible()
    assert stored.texts == ["What I mean."]


def test_whoever_leaves_a_page_that_alone_has_the_pledge_is_asked(phone: Page, stored: Stored) -> None:
    with nothing_gets_out(phone):
        phone.evaluate(FULL)
        write(phone, "Only here.")
        expect(phone.get_by_role("status").first).to_contain_text(UNSAVED)
        leaving = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
        assert phone.evaluate(leaving) is False
    expect(phone.get_by_text(STORED)).to_be_visible()
    assert phone.evaluate(leaving) is True
    assert stored.texts == ["Only here."]
