"""Who did what at the desk: one line of the audit, in words for people."""

from dataclasses import dataclass

from wall.core.words import N_, Words

ACTIONS: dict[str, Words] = {
    "make_event": N_("created the event"),
    "import_event": N_("imported the event"),
    "edit_event": N_("changed the settings"),
    "help_to_write": N_("changed the examples, themes or words to check"),
    "open_event": N_("opened the event"),
    "close_event": N_("closed the event"),
    "archive_event": N_("archived the event"),
    "bring_back_event": N_("restored the event from the archive"),
    "clear_event": N_("deleted all pledges"),
    "dress_wall": N_("changed the wall design"),
    "hang_logo": N_("changed the logo"),
    "scene_join": N_("showed the QR code"),
    "scene_tour": N_("started the tour"),
    "scene_one": N_("showed the newest pledge"),
    "scene_everything": N_("showed the whole wall"),
    "spotlight": N_("showed one pledge large"),
    "freeze": N_("froze the wall"),
    "release": N_("unfroze the wall"),
    "blank": N_("blanked the screen"),
    "unblank": N_("ended the blank screen"),
    "show": N_("approved a pledge"),
    "hide": N_("hid a pledge"),
    "hold": N_("moved a pledge back to waiting"),
    "pin": N_("pinned a pledge"),
    "unpin": N_("unpinned a pledge"),
    "correct": N_("edited a pledge"),
    "enter": N_("added a pledge for someone else"),
    "erase": N_("erased a pledge"),
    "show_sentence": N_("approved a comment"),
    "hide_sentence": N_("hid a comment"),
    "keep_until": N_("changed how long names are kept"),
    "show_wifi": N_("changed the Wi-Fi details"),
    "choose_address": N_("changed the address for phones"),
    "let_go": N_("removed names, because the date had passed"),
    "edit": N_("edited their pledge"),
    "take_name_off": N_("removed their name"),
    "withdraw": N_("withdrew their pledge"),
    "invite": N_("created an invitation"),
    "take_invitation_back": N_("cancelled an invitation"),
    "join_event": N_("joined the team"),
    "change_role": N_("changed someone’s role"),
    "remove_member": N_("removed someone from the team"),
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
