"""Is this server well? For the organiser's page and for machines that watch."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from wall.services.server.health import check_health, is_well
from wall.web.kit.context import current_parts

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def show_health() -> ResponseReturnValue:
    """200 when a write and a read work, else 503 with what does not."""
    found = check_health(current_parts().store)
    return jsonify(found), 200 if is_well(found) else 503
