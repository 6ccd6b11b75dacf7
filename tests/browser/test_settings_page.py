"""The settings in a browser: one button, nothing typed is lost, and the wall's design is seen before it is saved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.accessibility import check_everywhere
from tests.browser.conftest import PHONE, OpenPage, open_desk
from tests.browser.people import go_to, save_settings
from tests.conftest import a_draft
from tests.support.pictures import PNG
from tests.support.running import Server

UNSAVED = "You have changes that are not saved."


@pytest.fixture
def settings(server: Server, open_page: OpenPage) -> Page:
    page = open_desk(server, open_page)
    go_to(page, "Settings")
    return page


def reload_settings(settings: Page) -> None:
    settings.goto(settings.url.split("?")[0])


def test_one_button_saves_what_was_typed_anywhere_on_the_page(settings: Page) -> None:
    asked: list[Dialog] = []

    def go_on(dialog: Dialog) -> None:
        asked.append(dialog)
        dialog.accept()

    settings.on("dialog", go_on)
    expect(settings.get_by_text(UNSAVED)).to_have_count(0)
    settings.get_by_label("Event name").fill("Q spring")
    settings.get_by_label("Themes (one per line)").fill("Safety")
    settings.get_by_label("Night, for dark rooms").check()
    expect(settings.get_by_text(UNSAVED)).to_be_visible()
    save_settings(settings)
    assert asked == []
    expect(settings.get_by_text(UNSAVED)).to_have_count(0)
    reload_settings(settings)
    expect(settings.get_by_label("Event name")).to_have_value("Q spring")
    expect(settings.get_by_label("Themes (one per line)")).to_have_value("Safety")
    expect(settings.get_by_label("Night, for dark rooms")).to_be_checked()


def test_nobody_leaves_what_is_not_saved_without_being_asked(server: Server, settings: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    settings.on("dialog", stay)
    settings.get_by_label("Event name").fill("Our first event 2")
    settings.get_by_role("button", name="Close event").click()
    settings.wait_for_function("document.readyState === 'complete'")
    expect(settings.get_by_label("Event name")).to_have_value("Our first event 2")
    assert asked == ["beforeunload"]
    settings.get_by_label("Event name").fill("Our first event")
    expect(settings.get_by_text(UNSAVED)).to_have_count(0)
    settings.get_by_role("button", name="Close event").click()
    expect(settings.get_by_role("button", name="Reopen event")).to_be_visible()
    assert asked == ["beforeunload"]


def test_what_is_wrong_has_the_focus_and_is_above_the_button(settings: Page) -> None:
    settings.get_by_label("Contact for questions about personal data").fill("Ann")
    settings.get_by_label("Password (leave empty for an open network)").fill("short")
    settings.get_by_role("button", name="Save", exact=True).click()
    wrong = settings.get_by_label("Password (leave empty for an open network)")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(re.compile("Use 8 to 63 characters"))
    expect(settings.get_by_label("Contact for questions about personal data")).to_have_value("Ann")
    expect(settings.get_by_text(UNSAVED)).to_be_visible()
    field, bar = wrong.bounding_box(), settings.locator(".save-bar").bounding_box()
    assert field
    assert bar
    assert field["y"] + field["height"] <= bar["y"]
    check_everywhere(settings)


def test_the_button_is_not_in_the_way_where_everything_is_enlarged(
    server: Server, open_page: OpenPage
) -> None:
    """A laptop at 400 %."""
    settings = open_desk(server, open_page, {"width": 320, "height": 256})
    go_to(settings, "Settings")
    settings.get_by_label("Question", exact=True).scroll_into_view_if_needed()
    expect(settings.get_by_role("button", name="Save", exact=True)).not_to_be_in_viewport()


def test_the_settings_without_javascript(server: Server, open_page: OpenPage) -> None:
    server.send(a_draft("Listen more."))
    plain = open_page(server.url + server.desk_link, PHONE, java_script_enabled=False)
    plain.get_by_role("button", name="Sign in").click()
    plain.goto(f"{server.url}/desk/e/{server.code}/settings")
    plain.get_by_label("Event name").fill("Q spring")
    plain.get_by_label("Accent colour, such as #b5440b").fill("red!!")
    plain.locator("form.all-settings").evaluate("form => { form.noValidate = true; }")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.get_by_text("Enter a colour such as #b5440b.")).to_be_visible()
    plain.get_by_label("Accent colour, such as #b5440b").fill("#5b2a86")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(plain.get_by_label("Event name")).to_have_value("Q spring")


def test_a_colour_is_picked_or_typed_and_its_contrast_is_said(settings: Page) -> None:
    typed, picker = (
        settings.get_by_label("Accent colour, such as #b5440b"),
        settings.get_by_label("Choose the accent colour"),
    )
    paper, night = (settings.get_by_role("listitem").filter(has_text=wall) for wall in ("Paper", "Night"))
    expect(paper).to_contain_text("5 : 1 Easy to read.", use_inner_text=True)
    picker.fill("#5b2a86")
    expect(typed).to_have_value("#5b2a86")
    expect(paper).to_contain_text("8.9 : 1 Easy to read.", use_inner_text=True)
    expect(night).to_contain_text(
        "1.8 : 1 Too faint, so the wall makes it stronger, as here.", use_inner_text=True
    )
    assert still_ink(settings) == "rgb(91, 42, 134)"
    typed.fill("#FFE000")
    expect(picker).to_have_value("#ffe000")
    expect(paper).to_contain_text("Too faint", use_inner_text=True)
    expect(night).to_contain_text("Easy to read.", use_inner_text=True)
    check_everywhere(settings)
    typed.fill("#ffe")
    expect(paper).to_be_hidden()
    expect(picker).to_have_value("#ffe000")
    typed.fill("")
    expect(paper).to_contain_text("5 : 1 Easy to read.", use_inner_text=True)
    assert still_ink(settings) == "rgb(181, 68, 11)"


def still_ink(settings: Page) -> str:
    return str(settings.locator(".preview-count").evaluate("one => getComputedStyle(one).color"))


def test_the_design_is_seen_before_it_is_saved(settings: Page, tmp_path: Path) -> None:
    preview = settings.get_by_role("img", name="How the wall will look")
    expect(preview).to_be_visible()
    expect(preview.locator(".note .frame")).to_have_count(4)
    notes = preview.locator(".note")
    before = letters_of(settings)
    settings.get_by_label("Night, for dark rooms").check()
    expect(preview).to_have_css("color", "rgb(245, 241, 230)")
    settings.get_by_label("Question", exact=True).fill("What will you grow?")
    expect(preview).to_contain_text("What will you grow?")
    settings.get_by_label("Distance from the screen").fill("29")
    assert letters_of(settings) == pytest.approx(before * 2, rel=0.01)
    frame, note = notes.first.locator(".frame").bounding_box(), notes.first.bounding_box()
    assert frame == note
    expect(preview.locator("img")).to_be_hidden()
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    settings.get_by_label("Logo").set_input_files(logo)
    expect(preview.locator("img")).to_be_visible()
    save_settings(settings)
    expect(preview.locator("img")).to_be_visible()
    expect(preview).to_have_css("color", "rgb(245, 241, 230)")
    settings.get_by_label("Remove logo").check()
    expect(preview.locator("img")).to_be_hidden()


def letters_of(settings: Page) -> float:
    return float(
        settings.locator(".wall-picture .note").first.evaluate(
            "one => parseFloat(getComputedStyle(one).fontSize)"
        )
    )
