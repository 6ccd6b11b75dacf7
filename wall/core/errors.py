"""The one family of errors: a stable code, words for people, a status. Listed in docs/errors.md."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wall.core.words import N_, Words, say


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
        told: dict[str, Any] = {"code": self.code, "message": say(self.message)}
        if self.retry_after is not None:
            told["retry_after"] = self.retry_after
        if self.fields:
            told["fields"] = {field: say(words) for field, words in self.fields.items()}
        return {"error": told}


class BadRequest(WallError):
    code = "bad_request"
    status = 400
    words = N_("This request cannot be understood. Nothing was stored; please reload the page and try again.")


class RequestTooSlow(WallError):
    code = "too_slow"
    status = 408
    words = N_("Not all of this arrived in time. Nothing was stored; please send it again.")


class BadJson(WallError):
    code = "bad_json"
    status = 422
    words = N_("This is not a JSON object. Nothing was stored; please check what was sent.")


class BadInput(WallError):
    """`fields` names what is wrong with each field."""

    code = "bad_input"
    status = 422
    words = N_("Something needs changing before this can be stored. See the fields.")


class VersionUnknown(WallError):
    code = "version_unknown"
    status = 422
    words = N_("This event has no such version. Start again from 0.")


class NotSignedIn(WallError):
    code = "not_signed_in"
    status = 401
    words = N_("Please sign in to the desk first.")


class SignInRefused(WallError):
    code = "sign_in_refused"
    status = 403
    words = N_("This name and password do not go together. Please try again.")


class LinkSpent(WallError):
    code = "link_spent"
    status = 403
    words = N_(
        "This link was used before or is too old. "
        "Type “python run.py desk-link” on the server for a new one, or sign in with your password."
    )


class InvitationSpent(WallError):
    code = "invitation_spent"
    status = 403
    words = N_(
        "This invitation was used before, was taken back or is too old. Ask the organiser for a new one."
    )


class NotYourRole(WallError):
    code = "not_your_role"
    status = 403
    words = N_(
        "Your role at this event does not include that. Nothing was changed; ask one of its organisers."
    )


class FormExpired(WallError):
    code = "form_expired"
    status = 403
    words = N_("This page was open for too long. Nothing was changed; reload it and try again.")


class EventClosed(WallError):
    code = "event_closed"
    status = 403
    words = N_("This event takes no more pledges. Yours was not sent; you can still copy your text.")


class EventNotFound(WallError):
    code = "event_not_found"
    status = 404
    words = N_("There is no event with this code. Please check the code on the wall.")


class PledgeNotFound(WallError):
    code = "pledge_not_found"
    status = 404
    words = N_("There is no such pledge in this event.")


class PageNotFound(WallError):
    code = "not_found"
    status = 404
    words = N_("There is nothing at this address. Please check it, or scan the code on the wall.")


class MethodNotAllowed(WallError):
    code = "method_not_allowed"
    status = 405
    words = N_("This address cannot be used in this way.")


class KeyReused(WallError):
    code = "key_reused"
    status = 409
    words = N_("This key was used for another pledge. That one is safe; send this one with a new key.")


class MoveNotAllowed(WallError):
    code = "move_not_allowed"
    status = 409
    words = N_("Its author took this pledge back, so it cannot be shown again.")


class ChangedMeanwhile(WallError):
    code = "changed_meanwhile"
    status = 409
    words = N_("Somebody changed this pledge a moment ago. Nothing was done; please look at it again.")


class LastOrganiser(WallError):
    code = "last_organiser"
    status = 409
    words = N_("An event needs an organiser. Nothing was changed; make somebody else organiser first.")


class KeepingOver(WallError):
    code = "keeping_over"
    status = 409
    words = N_(
        "The day until which this event keeps names has passed, so it takes no more pledges. "
        "Nothing was changed; choose a later day in its settings first."
    )


class PledgeWithdrawn(WallError):
    code = "pledge_withdrawn"
    status = 409
    words = N_("You took this pledge back, so it cannot be changed. You can write a new one.")


class BodyTooLarge(WallError):
    code = "too_large"
    status = 413
    words = N_("That is far more than a pledge. Nothing was stored; please send less.")


class AddressTooLong(WallError):
    code = "address_too_long"
    status = 414
    words = N_("This address is longer than any of ours. Please check it, or scan the code on the wall.")


class WrongContentType(WallError):
    code = "wrong_content_type"
    status = 415
    words = N_("Send a pledge as JSON or as a form.")


class WrongHost(WallError):
    """The message says which address to use."""

    code = "wrong_host"
    status = 421
    words = N_("This server does not answer to that name. Please scan the code on the wall.")


class TooManyTries(WallError):
    """`retry_after` says when the next try is allowed."""

    code = "too_many_tries"
    status = 429
    words = N_("Too many tries. Please wait a moment, then try again.")


class TooManyPledges(WallError):
    """`retry_after` says when the next one is taken."""

    code = "too_many_pledges"
    status = 429
    words = N_("That is a lot at once. Nothing was lost; please try again in a moment.")


class HeadersTooLarge(WallError):
    code = "headers_too_large"
    status = 431
    words = N_(
        "Your browser sends far more along than we can read. Delete this site’s cookies, then try again."
    )


class TooManyAsked(WallError):
    """`retry_after` says when to ask again."""

    code = "too_many_asked"
    status = 429
    words = N_("Many are asking at once. Nothing was lost; please try again in a moment.")


class DeviceUnknown(WallError):
    code = "device_unknown"
    status = 403
    words = N_(
        "Your browser keeps no cookies, so “me too” cannot be counted from it. Your own pledges are safe."
    )


class ServerError(WallError):
    code = "server_error"
    status = 500
    words = N_("Something went wrong on the server. What was stored is safe; please try again.")


class BackupFailed(WallError):
    code = "backup_failed"
    status = 503
    words = N_(
        "No backup could be made first, so nothing was cleared. Please see that the disk of the server has room."
    )


class TryAgain(WallError):
    code = "try_again"
    status = 503
    words = N_("The server cannot store this just now. Nothing was lost; please try again in a moment.")

    def __init__(self, words: Words | None = None) -> None:
        super().__init__(words, retry_after=1)
