"""The author's private page for one pledge."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.services.receipts import find_receipt
from wall.web.context import event_on_page, house
from wall.web.errors import wants_json

blueprint = Blueprint("receipt", __name__)


@blueprint.get("/receipt/<token>")
def show_receipt(token: str) -> ResponseReturnValue:
    pledge, event = find_receipt(house().store, token)
    told = {"pledge": pledge_with_status(pledge), "event": event_on_page(event)}
    return jsonify(told) if wants_json() else render_template("receipt/page.html", **told)
