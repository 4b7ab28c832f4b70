"""Why a request to another host brought nothing.

CreditlineError
└── DeliveryError           whatever keeps a request from its answer
    ├── AddressForbidden    the host is one that may not be spoken to
    ├── Unreachable         no connection, or one that broke
    ├── TimedOut            the time for the whole was over
    ├── AnswerTooLarge      more than is taken, counted unpacked
    ├── AnswerUnreadable    packed in a way that cannot be unpacked, or redirected without end
    └── Refused             another status than the caller can use
        └── TryLater        too busy, for longer than the caller waits
"""

from service.core.errors import CreditlineError


class DeliveryError(CreditlineError):
    """Whatever keeps a request from its answer; `str()` is a sentence that names the address."""


class AddressForbidden(DeliveryError):
    """A host in a network that may not be spoken to: a private one, or one with a meaning of its own."""


class Unreachable(DeliveryError):
    """A host that has no address, takes no connection, shows no valid certificate, or hangs up."""


class TimedOut(DeliveryError):
    """A request that was not answered in full within its time."""


class AnswerTooLarge(DeliveryError):
    """An answer with more bytes, once unpacked, than are taken."""


class AnswerUnreadable(DeliveryError):
    """An answer that cannot be unpacked, or that leads from one address to the next without end."""


class Refused(DeliveryError):
    """An answer with a `status` that is of no use."""

    def __init__(self, detail: str, *, status: int) -> None:
        super().__init__(detail)
        self.status = status


class TryLater(Refused):
    """An answer that asks to come back in `seconds`, None where it does not say when."""

    def __init__(self, detail: str, *, status: int, seconds: int | None) -> None:
        super().__init__(detail, status=status)
        self.seconds = seconds
