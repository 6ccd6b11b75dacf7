"""The one family of errors: a stable code, words for people, a status. Listed in docs/errors.md."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wall.core.words import N_, Words, translate


class WallError(Exception):
    """Something a person asked for that cannot be done, said so that they know what to do next."""

    code: ClassVar[str]
    status: ClassVar[int]
    words: ClassVar[Words]

    def __init__(
        self,
        words: Words | None = None,
        *,
        fields: Mapping[str, Words] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.message = words or self.words
        self.fields = dict(fields or {})
        self.retry_after = retry_after
        """Seconds after which trying again makes sense, if it does."""
        super().__init__(str(self.message))

    def as_json(self) -> dict[str, Any]:
        """The contract's shape: `{"error": {"code", "message", "fields"?, "retry_after"?}}`, in the reader's words."""
        body: dict[str, Any] = {"code": self.code, "message": translate(self.message)}
        if self.retry_after is not None:
            body["retry_after"] = self.retry_after
        if self.fields:
            body["fields"] = {field: translate(words) for field, words in self.fields.items()}
        return {"error": body}


class BadRequest(WallError):
    code = "bad_request"
    status = 400
    words = N_("This request could not be read. Nothing was saved. Reload the page and try again.")


class RequestTooSlow(WallError):
    code = "too_slow"
    status = 408
    words = N_("This took too long to arrive. Nothing was saved. Send it again.")


class BadJson(WallError):
    code = "bad_json"
    status = 422
    words = N_("This is not a JSON object. Nothing was saved. Check what was sent.")


class BadInput(WallError):
    """`fields` names what is wrong with each field."""

    code = "bad_input"
    status = 422
    words = N_("There is a problem. Check the fields marked below.")


class VersionUnknown(WallError):
    code = "version_unknown"
    status = 422
    words = N_("This event has no such version. Start again from 0.")


class NotSignedIn(WallError):
    code = "not_signed_in"
    status = 401
    words = N_("Sign in first.")


class SignInRefused(WallError):
    code = "sign_in_refused"
    status = 403
    words = N_("That name and password do not match. Try again.")


class LinkSpent(WallError):
    code = "link_spent"
    status = 403
    words = N_(
        "This link has been used or has expired. Run “python run.py desk-link” on the server for a "
        "new one, or sign in with your password."
    )


class InvitationSpent(WallError):
    code = "invitation_spent"
    status = 403
    words = N_("This invitation has been used or cancelled, or has expired. Ask the organiser for a new one.")


class NotYourRole(WallError):
    code = "not_your_role"
    status = 403
    words = N_("Your role does not allow this. Ask an organiser. Nothing was changed.")


class FormExpired(WallError):
    code = "form_expired"
    status = 403
    words = N_("This page was open for too long. Nothing was changed. Reload it and try again.")


class EventClosed(WallError):
    code = "event_closed"
    status = 403
    words = N_("This event is closed. Your pledge was not sent. You can still copy the text.")


class EventNotFound(WallError):
    code = "event_not_found"
    status = 404
    words = N_("There is no event with this code. Check the code on the wall.")


class PledgeNotFound(WallError):
    code = "pledge_not_found"
    status = 404
    words = N_("This pledge was not found. Check the link.")


class PageNotFound(WallError):
    code = "not_found"
    status = 404
    words = N_("Page not found. Check the address, or scan the code on the wall.")


class MethodNotAllowed(WallError):
    code = "method_not_allowed"
    status = 405
    words = N_("This address cannot be used in this way.")


class KeyReused(WallError):
    code = "key_reused"
    status = 409
    words = N_("This key was used for another pledge. That pledge is safe. Send this one with a new key.")


class StatusChangeNotAllowed(WallError):
    code = "move_not_allowed"
    status = 409
    words = N_("The author withdrew this pledge, so it cannot be shown.")


class ChangedMeanwhile(WallError):
    code = "changed_meanwhile"
    status = 409
    words = N_("Someone else has just changed this pledge. Nothing was changed. Check it and try again.")


class LastOrganiser(WallError):
    code = "last_organiser"
    status = 409
    words = N_(
        "An event needs at least one organiser. Make someone else an organiser first. Nothing was changed."
    )


class RetentionOver(WallError):
    code = "keeping_over"
    status = 409
    words = N_(
        "The date for keeping names has passed, so this event cannot take pledges. Choose a later "
        "date in Settings first. Nothing was changed."
    )


class PledgeWithdrawn(WallError):
    code = "pledge_withdrawn"
    status = 409
    words = N_("You withdrew this pledge, so you cannot change it. You can write a new one.")


class BodyTooLarge(WallError):
    code = "too_large"
    status = 413
    words = N_("This is too long for a pledge. Nothing was saved. Make it shorter.")


class AddressTooLong(WallError):
    code = "address_too_long"
    status = 414
    words = N_("This address is too long. Check it, or scan the code on the wall.")


class WrongContentType(WallError):
    code = "wrong_content_type"
    status = 415
    words = N_("Send a pledge as JSON or as a form.")


class WrongHost(WallError):
    """The message says which address to use."""

    code = "wrong_host"
    status = 421
    words = N_("This is not an address of this server. Scan the code on the wall.")


class TooManyTries(WallError):
    """`retry_after` says when the next try is allowed."""

    code = "too_many_tries"
    status = 429
    words = N_("Too many attempts. Wait a moment, then try again.")


class TooManyPledges(WallError):
    """`retry_after` says when the next one is taken."""

    code = "too_many_pledges"
    status = 429
    words = N_("Too many requests. Nothing was lost. Try again in a moment.")


class HeadersTooLarge(WallError):
    code = "headers_too_large"
    status = 431
    words = N_("Your browser sent more data than we can read. Delete this site’s cookies, then try again.")


class TooManyAsked(WallError):
    """`retry_after` says when to ask again."""

    code = "too_many_asked"
    status = 429
    words = N_("The wall is busy. Nothing was lost. Try again in a moment.")


class DeviceUnknown(WallError):
    code = "device_unknown"
    status = 403
    words = N_("Your browser blocks cookies, so we cannot count your “me too”. Your pledges are safe.")


class ServerError(WallError):
    code = "server_error"
    status = 500
    words = N_("Something went wrong on the server. Everything already received is safe. Try again.")


class BackupFailed(WallError):
    code = "backup_failed"
    status = 503
    words = N_("The backup failed, so nothing was deleted. Check that the server’s disk has free space.")


class TryAgain(WallError):
    code = "try_again"
    status = 503
    words = N_("The server cannot save this at the moment. Nothing was lost. Try again shortly.")

    def __init__(self, words: Words | None = None) -> None:
        super().__init__(words, retry_after=1)
