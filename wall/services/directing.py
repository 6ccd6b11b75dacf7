"""An organiser directs the wall: its scene, a spotlight, freeze, blank. Every projector follows."""

from dataclasses import replace

from wall.core.errors import PledgeNotFound
from wall.core.organisers import Organiser
from wall.core.pledges import Status
from wall.core.roles import Role
from wall.core.wall_state import Scene, WallState
from wall.services.desks import event_of
from wall.store import Store, Transaction, pledges


def choose_scene(store: Store, organiser: Organiser, code: str, scene: Scene) -> WallState:
    """Have the wall show a scene; a spotlight goes off. Raises EventNotFound or NotYourRole."""
    return _direct(store, organiser, code, f"scene_{scene}", scene=scene, spotlight="")


def spotlight_pledge(store: Store, organiser: Organiser, code: str, pledge_id: str) -> WallState:
    """Have the wall show one pledge, large. Raises EventNotFound, or PledgeNotFound for one that is not shown."""

    def write(transaction: Transaction) -> WallState:
        event = event_of(transaction.connection, organiser, code, Role.MODERATOR)
        pledge = pledges.by_id(transaction.connection, event.id, pledge_id)
        if pledge is None or pledge.status is not Status.SHOWN:
            raise PledgeNotFound
        transaction.record("spotlight", event_id=event.id, organiser_id=organiser.id, pledge_id=pledge.id)
        wall = replace(transaction.event(code).wall, scene="one", spotlight=pledge.id)
        return transaction.change_event(code, wall=wall).wall

    return store.write(write)


def freeze_wall(store: Store, organiser: Organiser, code: str) -> WallState:
    """Have the wall stay as it is; pledges go on being stored. Raises EventNotFound."""

    def write(transaction: Transaction) -> WallState:
        event = event_of(transaction.connection, organiser, code, Role.MODERATOR)
        now = transaction.event(code)
        if now.wall.frozen_at is not None:
            return now.wall
        transaction.record("freeze", event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, wall=replace(now.wall, frozen_at=now.version)).wall

    return store.write(write)


def release_wall(store: Store, organiser: Organiser, code: str) -> WallState:
    """Let the wall go on with what came meanwhile. Raises EventNotFound."""
    return _direct(store, organiser, code, "release", frozen_at=None)


def blank_wall(store: Store, organiser: Organiser, code: str) -> WallState:
    """Have the wall show nothing. Raises EventNotFound."""
    return _direct(store, organiser, code, "blank", blank=True)


def unblank_wall(store: Store, organiser: Organiser, code: str) -> WallState:
    """Have the wall show itself again. Raises EventNotFound."""
    return _direct(store, organiser, code, "unblank", blank=False)


def _direct(store: Store, organiser: Organiser, code: str, action: str, **wanted: object) -> WallState:
    """Change the wall's state where it is not so already, and note who did."""

    def write(transaction: Transaction) -> WallState:
        event_of(transaction.connection, organiser, code, Role.MODERATOR)
        event = transaction.event(code)
        wall = replace(event.wall, **wanted)  # type: ignore[arg-type]
        if wall == event.wall:
            return wall
        transaction.record(action, event_id=event.id, organiser_id=organiser.id)
        return transaction.change_event(code, wall=wall).wall

    return store.write(write)
