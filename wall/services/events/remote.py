"""Remote control: an organiser chooses what the wall does: its scene, a spotlight, freeze, blank. Every projector follows."""

from dataclasses import replace

from wall.core.errors import PledgeNotFound
from wall.core.people.roles import Role
from wall.core.pledges import Status
from wall.core.wall_state import Scene, WallState
from wall.services.people.desk_transaction import DeskTransaction, at_desk


@at_desk(Role.MODERATOR)
def choose_scene(desk: DeskTransaction, scene: Scene) -> WallState:
    """Have the wall show a scene; a spotlight goes off."""
    return _set_wall(desk, f"scene_{scene}", scene=scene, spotlight="")


@at_desk(Role.MODERATOR)
def spotlight_pledge(desk: DeskTransaction, pledge_id: str) -> WallState:
    """Have the wall show one pledge, large. Raises PledgeNotFound for one that is not shown."""
    pledge = desk.pledge(pledge_id)
    if pledge.status is not Status.SHOWN:
        raise PledgeNotFound
    wall = replace(desk.event.wall, scene="one", spotlight=pledge.id)
    return desk.change("spotlight", pledge, wall=wall).wall


@at_desk(Role.MODERATOR)
def freeze_wall(desk: DeskTransaction) -> WallState:
    """Have the wall stay as it is; pledges go on being stored."""
    now = desk.event
    if now.wall.frozen_at is not None:
        return now.wall
    return desk.change("freeze", wall=replace(now.wall, frozen_at=now.version)).wall


@at_desk(Role.MODERATOR)
def release_wall(desk: DeskTransaction) -> WallState:
    """Let the wall go on with what came meanwhile."""
    return _set_wall(desk, "release", frozen_at=None)


@at_desk(Role.MODERATOR)
def blank_wall(desk: DeskTransaction) -> WallState:
    """Have the wall show nothing."""
    return _set_wall(desk, "blank", blank=True)


@at_desk(Role.MODERATOR)
def unblank_wall(desk: DeskTransaction) -> WallState:
    """Have the wall show itself again."""
    return _set_wall(desk, "unblank", blank=False)


def _set_wall(desk: DeskTransaction, action: str, **wanted: object) -> WallState:
    """Change the wall's state where it is not so already, and note who did."""
    return desk.ensure(action, wall=replace(desk.event.wall, **wanted)).wall  # type: ignore[arg-type]
