"""The author's private page for one pledge."""

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from wall.core.audience import pledge_with_status
from wall.services.receipts import find_receipt, withdraw_pledge
from wall.web.context import event_on_page, house
from wall.web.errors import wants_json

blueprint = Blueprint("receipt", __name__)


@blueprint.get("/receipt/<token>")
def show_receipt(token: str) -> ResponseReturnValue:
    pledge, event = find_receipt(house().store, token)
    told = {"pledge": pledge_with_status(pledge), "event": event_on_page(event)}
    if wants_json():
        return jsonify(told)
    return render_template(
        "receipt/page.html",
        **told,
        withdraw_url=url_for("receipt.withdraw", token=token),
    )


@blueprint.post("/receipt/<token>/withdraw")
def withdraw(token: str) -> ResponseReturnValue:
    pledge = withdraw_pledge(house().store, token)
    if wants_json():
        return jsonify({"pledge": pledge_with_status(pledge)})
    return redirect(url_for("receipt.show_receipt", token=token), 303)
