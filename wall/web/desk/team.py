"""Who works on an event: the list, invitations by link, and the page on which somebody joins."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.errors import BadInput
from wall.core.people.roles import Role, read_role
from wall.services.people import invitations, team
from wall.web.kit.context import current_parts
from wall.web.kit.desk_guard import acting_here, desk_page, for_guests, signed_in
from wall.web.kit.errors import answer_error, field_errors, wants_json
from wall.web.kit.form_key import form_here
from wall.web.kit.qr_codes import draw_qr_inline
from wall.web.kit.session_here import begin_session, browser_here, whoever_is_here

blueprint = Blueprint("team", __name__, url_prefix="/desk")


@blueprint.get("/e/<event:code>/team")
def show_team(code: str) -> ResponseReturnValue:
    return _team_page()


@blueprint.post("/e/<event:code>/team/invite")
def invite(code: str) -> ResponseReturnValue:
    """A link that lets one person join. It is shown once, to be scanned or sent."""
    role = read_role(request.form.get("role"))
    token = invitations.invite(*acting_here(), role, form_here(signed_in()))
    address = current_parts().addresses.base + url_for("team.show_invitation", token=token)
    if wants_json():
        return {"invitation": address, "role": role.value}
    return _team_page(invitation=address, invited_as=role)


@blueprint.post("/e/<event:code>/team/invitations/<int:invitation_id>/take-back")
def take_invitation_back(code: str, invitation_id: int) -> ResponseReturnValue:
    invitations.take_invitation_back(*acting_here(), invitation_id)
    return redirect(url_for("team.show_team", code=code), 303)


@blueprint.post("/e/<event:code>/team/<int:member_id>/role")
def change_role(code: str, member_id: int) -> ResponseReturnValue:
    team.change_role(*acting_here(), member_id, read_role(request.form.get("role")))
    return _changed(code, member_id)


@blueprint.post("/e/<event:code>/team/<int:member_id>/remove")
def remove(code: str, member_id: int) -> ResponseReturnValue:
    team.remove_member(*acting_here(), member_id)
    return _changed(code, member_id)


@blueprint.get("/invitation/<token>")
@for_guests
def show_invitation(token: str) -> ResponseReturnValue:
    """What one is invited to. Looking at it, as previews do, does not use it up."""
    return _invitation_page(token)


@blueprint.post("/invitation/<token>")
@for_guests
def join(token: str) -> ResponseReturnValue:
    """Join with the account that is signed in here, or with a new name."""
    here = whoever_is_here()
    if here and "name" not in request.form:
        try:
            found = invitations.join_with_account(current_parts().store, token, here.organiser)
        except BadInput as error:
            return (
                answer_error(error) if wants_json() else _invitation_page(token, here.organiser.name, error)
            )
        if found is None:
            return redirect(url_for("team.show_invitation", token=token), 303)
        return redirect(url_for("desk.show_event", code=found.code), 303)
    name = request.form.get("name", "")
    try:
        joined, event = invitations.join_as_new(current_parts().store, token, name, browser_here())
    except BadInput as error:
        return answer_error(error) if wants_json() else _invitation_page(token, name, error)
    begin_session(joined)
    return redirect(url_for("desk.show_event", code=event.code), 303)


def _changed(code: str, member_id: int) -> ResponseReturnValue:
    """Back to the team; who changed their own place may see it no more, and is led to what they may."""
    if member_id == signed_in().id:
        return redirect(url_for("desk.show_events"), 303)
    return redirect(url_for("team.show_team", code=code), 303)


def _team_page(invitation: str = "", invited_as: Role | None = None) -> ResponseReturnValue:
    found = team.read_team(*acting_here())
    return desk_page(
        "desk/team.html",
        members=found.members,
        invitations=found.invitations,
        invitation=invitation,
        invited_as=invited_as,
        picture=draw_qr_inline(invitation) if invitation else "",
    )


def _invitation_page(token: str, name: str = "", error: BadInput | None = None) -> ResponseReturnValue:
    here = whoever_is_here()
    invited = invitations.read_invitation(current_parts().store, token, here.organiser if here else None)
    page = render_template(
        "desk/invitation.html",
        token=token,
        event=invited.event,
        role=invited.role,
        here=here.organiser if here else None,
        desk=None if invited.raises else url_for("desk.show_event", code=invited.event.code),
        name=name,
        problem=field_errors(error).get("name"),
    )
    return page, error.status if error else 200
