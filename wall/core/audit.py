"""Who did what at the desk: one line of the audit, in words for people."""

from dataclasses import dataclass

from wall.core.words import N_, Words

ACTIONS: dict[str, Words] = {
    "make_event": N_("made the event"),
    "import_event": N_("brought the event from another server"),
    "edit_event": N_("changed the settings"),
    "help_to_write": N_("changed the help to write"),
    "open_event": N_("opened the event"),
    "close_event": N_("closed the event"),
    "archive_event": N_("put the event into the archive"),
    "bring_back_event": N_("took the event out of the archive"),
    "clear_event": N_("cleared all pledges"),
    "dress_wall": N_("changed how the wall looks"),
    "hang_logo": N_("changed the logo"),
    "scene_join": N_("had the wall show how to join"),
    "scene_tour": N_("had the wall go on a tour"),
    "scene_one": N_("had the wall show the newest"),
    "scene_everything": N_("had the wall show everything"),
    "spotlight": N_("put a pledge in the spotlight"),
    "freeze": N_("froze the wall"),
    "release": N_("released the wall"),
    "blank": N_("blanked the wall"),
    "unblank": N_("showed the wall again"),
    "show": N_("showed a pledge"),
    "hide": N_("hid a pledge"),
    "hold": N_("put a pledge back into the queue"),
    "pin": N_("pinned a pledge"),
    "unpin": N_("unpinned a pledge"),
    "correct": N_("corrected a pledge"),
    "enter": N_("entered a pledge for somebody"),
    "erase": N_("erased a pledge for good"),
    "show_sentence": N_("showed the sentence of an answer"),
    "hide_sentence": N_("hid the sentence of an answer"),
    "keep_until": N_("chose how long names are kept"),
    "show_wifi": N_("changed the Wi-Fi that is shown"),
    "choose_address": N_("chose the address of the server"),
    "let_go": N_("took the names out, since their day had passed"),
    "edit": N_("wrote the pledge differently"),
    "take_name_off": N_("took the name off the pledge"),
    "withdraw": N_("took the pledge back"),
    "invite": N_("made an invitation"),
    "take_invitation_back": N_("took an invitation back"),
    "join_event": N_("joined the team"),
    "change_role": N_("changed somebody’s role"),
    "remove_member": N_("took somebody off the team"),
}
"""What each action of the audit is called; its subject is a person, or the author of a pledge."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did. `who` is empty where it was a pledge's author."""

    id: int
    at: str
    who: str
    action: str
    pledge_id: str | None
    pledge_number: int | None
    """None where it is about no pledge, or about one that was cleared."""

    @property
    def words(self) -> Words:
        return ACTIONS[self.action]
