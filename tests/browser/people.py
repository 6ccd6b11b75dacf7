"""What people do on their screens, and what they see there."""

from playwright.sync_api import Locator, Page


def write(phone: Page, text: str, name: str = "") -> None:
    """An attendee writes a pledge and presses the button."""
    phone.get_by_role("textbox", name="Your pledge").fill(text)
    if name:
        phone.get_by_role("textbox", name="Name").fill(name)
    send(phone)


def send(phone: Page) -> None:
    phone.get_by_role("button", name="Put it on the wall").click()


def wait_for_guard(phone: Page) -> None:
    """The gentle guard comes after the page can be used."""
    phone.wait_for_load_state("networkidle")


def notes(wall: Page) -> Locator:
    """The notes that the room can read."""
    return wall.locator(".track .note:not(.unwritten)")
