"""Who works on an event: the list, invitations by link, and the page on which somebody joins."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wall.core.codes import typed_event_code
from wall.core.errors import BadInput
from wall.core.organisers import Organiser
from wall.core.roles import Role, read_role
from wall.core.words import say
from wall.services import inviting, teaming
from wall.web.bodies import takes
from wall.web.context import event_on_page, house
from wall.web.drawing import draw_qr_inline
from wall.web.errors import answer_error, wants_json
from wall.web.once import form_here
from wall.web.signing_in import begin_session, browser_here, signed_in, whoever_is_here

blueprint = Blueprint("team", __name__, url_prefix="/desk")


@blueprint.get("/e/<code>/team")
def show_team(code: str) -> ResponseReturnValue:
    return _team_page(typed_event_code(code))


@blueprint.post("/e/<code>/team/invite")
def invite(code: str) -> ResponseReturnValue:
    """A link that lets one person join. It is shown once, to be scanned or sent."""
    organiser, code = signed_in(), typed_event_code(code)
    teaming.look_at_team(house().store, organiser, code)  # whose it is comes before what is wrong
    role = read_role(request.form.get("role"))
    token = inviting.invite(house().store, organiser, code, role, form_here(organiser))
    address = house().addresses.base + url_for("team.show_invitation", token=token)
    if wants_json():
        return {"invitation": address, "role": role.value}
    return _team_page(code, invitation=address, invited_as=role)


@blueprint.post("/e/<code>/team/invitations/<int:invitation_id>/take-back")
def take_invitation_back(code: str, invitation_id: int) -> ResponseReturnValue:
    inviting.take_invitation_back(house().store, signed_in(), typed_event_code(code), invitation_id)
    return redirect(url_for("team.show_team", code=code), 303)


@blueprint.post("/e/<code>/team/<int:member_id>/role")
def change_role(code: str, member_id: int) -> ResponseReturnValue:
    organiser, code = signed_in(), typed_event_code(code)
    teaming.look_at_team(house().store, organiser, code)
    teaming.change_role(house().store, organiser, code, member_id, read_role(request.form.get("role")))
    return _changed(organiser, code, member_id)


@blueprint.post("/e/<code>/team/<int:member_id>/remove")
def remove(code: str, member_id: int) -> ResponseReturnValue:
    organiser, code = signed_in(), typed_event_code(code)
    teaming.remove_member(house().store, organiser, code, member_id)
    return _changed(organiser, code, member_id)


@blueprint.get("/invitation/<token>")
def show_invitation(token: str) -> ResponseReturnValue:
    """What one is invited to. Looking at it, as previews do, does not use it up."""
    return _invitation_page(token)


@blueprint.post("/invitation/<token>")
@takes(from_guests=True)
def join(token: str) -> ResponseReturnValue:
    """Join with the account that is signed in here, or with a new name."""
    here = whoever_is_here()
    if here and "name" not in request.form:
        try:
            found = inviting.join_with_account(house().store, token, here.organiser)
        except BadInput as error:
            return (
                answer_error(error) if wants_json() else _invitation_page(token, here.organiser.name, error)
            )
        if found is None:
            return redirect(url_for("team.show_invitation", token=token), 303)
        return redirect(url_for("desk.show_event", code=found.code), 303)
    name = request.form.get("name", "")
    try:
        joined, event = inviting.join_as_new(house().store, token, name, browser_here())
    except BadInput as error:
        return answer_error(error) if wants_json() else _invitation_page(token, name, error)
    begin_session(joined)
    return redirect(url_for("desk.show_event", code=event.code), 303)


def _changed(organiser: Organiser, code: str, member_id: int) -> ResponseReturnValue:
    """Back to the team; who changed their own place may see it no more, and is led to what they may."""
    if member_id == organiser.id:
        return redirect(url_for("desk.show_events"), 303)
    return redirect(url_for("team.show_team", code=code), 303)


def _team_page(code: str, invitation: str = "", invited_as: Role | None = None) -> ResponseReturnValue:
    organiser = signed_in()
    found = teaming.look_at_team(house().store, organiser, code)
    return render_template(
        "desk/team.html",
        organiser=organiser,
        role=Role.ORGANISER,
        event=event_on_page(found.event),
        members=found.members,
        invitations=found.invitations,
        invitation=invitation,
        invited_as=invited_as,
        picture=draw_qr_inline(invitation) if invitation else "",
    )


def _invitation_page(token: str, name: str = "", error: BadInput | None = None) -> ResponseReturnValue:
    here = whoever_is_here()
    invited = inviting.look_at_invitation(house().store, token, here.organiser if here else None)
    page = render_template(
        "desk/invitation.html",
        token=token,
        title=invited.event.title,
        role=invited.role,
        here=here.organiser if here else None,
        desk=None if invited.raises else url_for("desk.show_event", code=invited.event.code),
        name=name,
        problem=say(error.fields["name"]) if error else None,
    )
    return page, error.status if error else 200
