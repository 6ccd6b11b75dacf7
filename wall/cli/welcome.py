"""What the terminal says when the server is up: where the phones, the wall and the desk are."""

import io

import qrcode

from wall.services.clock import clock_doubt
from wall.services.events.finding import open_events
from wall.services.server.addresses import Addresses
from wall.store import Store


def welcome(store: Store, addresses: Addresses, desk_link: str | None) -> str:
    """The addresses of the open events, with a QR code for the phones, and a link into the desk, or how to get one."""
    lines = [""]
    for event in open_events(store):
        address = addresses.phone_page(event.code)
        lines += [
            f"  {event.title}: {event.question}",
            "",
            draw_qr(address),
            f"  Phones   {address}",
            f"  Wall     {address}/wall",
            *_wall_here(addresses, event.code),
            "",
        ]
    if desk_link:
        lines += [f"  Desk     {desk_link}", "           (works once, within a day)", ""]
    else:
        lines += [
            f"  Desk     {addresses.base}/desk",
            "           a link into it: python run.py desk-link",
            "",
        ]
    if addresses.listens_here_alone and not addresses.is_public:
        lines += [
            "  Phones cannot reach these addresses: HOST is set so that only this computer is answered.",
            "  Start again without HOST to let them in.",
            "",
        ]
    elif "//127.0.0.1" in addresses.base:
        lines += [
            "  This machine is on no network, so phones cannot reach it yet.",
            "  Join the Wi-Fi or open a hotspot; the addresses follow by themselves.",
            "",
        ]
    if doubt := clock_doubt(store):
        lines += [
            f"  Is today {doubt.now.date()}? This computer’s clock says so, but the latest day that is known here is",
            f"  {doubt.known.date()}. Until someone confirms the date, no names are removed and no backups are deleted.",
            "  If the date is right, confirm it on any page after signing in, or run: python run.py confirm-clock. If not, set the clock.",
            "",
        ]
    return "\n".join(lines)


def _wall_here(addresses: Addresses, code: str) -> list[str]:
    here = addresses.wall_here(code)
    if not here:
        return []
    return [
        f"           {here}",
        "           (on this computer: only there can the wall keep the screen awake)",
    ]


def draw_qr(address: str) -> str:
    """A QR code in block characters, light on dark as terminals are."""
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()
