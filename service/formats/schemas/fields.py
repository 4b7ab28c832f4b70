"""Fields that check without coercing, each fault with a code for programs and a sentence for people."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from marshmallow import ValidationError, fields

from service.core.dates import PartialDate, parse_day
from service.core.errors import InvalidValue
from service.core.languages import MAX_LENGTH as LANGUAGE_LIMIT
from service.core.languages import canonical_language
from service.core.urls import MAX_LENGTH as URL_LIMIT
from service.core.urls import canonical_url, check_url

MAX_ITEMS = 1000

# What the checks come to as far as JSON Schema can say it, for the documentation.
_URL = {"maxLength": URL_LIMIT, "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\s]+([/?#]\S*)?$"}
_SLUG = {"minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9-]+$"}
_LANGUAGE = {"minLength": 2, "maxLength": LANGUAGE_LIMIT, "pattern": "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"}
_DAY = {"pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_TIME = r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_DATE = {"pattern": f"^[0-9]{{4}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])({_TIME})?)?)?$"}


class Coded(str):
    """A message with a code, which survives the way through marshmallow's errors."""

    code: str

    def __new__(cls, code: str, detail: str) -> "Coded":
        message = super().__new__(cls, detail)
        message.code = code
        return message

    def format(self, *args: object, **kwargs: object) -> "Coded":
        """The message itself: nothing is filled in, and the code stays."""
        return self


def fault(code: str, detail: str) -> ValidationError:
    """The error to raise for a value that is wrong."""
    return ValidationError([Coded(code, detail)])


MESSAGES: dict[str, Any] = {
    "required": Coded("required", "This member is required."),
    "null": Coded("required", "This member may not be null."),
    "invalid": Coded("wrong-type", "The value has the wrong type."),
    "type": Coded("wrong-type", "An object is needed here."),
    "unknown": Coded("unknown-member", "There is no such member."),
}


class Checked(fields.Field[Any]):
    """A string that `read` turns into a value; `read` raises InvalidValue."""

    default_error_messages = MESSAGES

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise fault("wrong-type", "A string is needed here.")
        try:
            return self.read(value)
        except InvalidValue as error:
            raise fault(error.code, error.detail) from error


class Boolean(fields.Field[bool]):
    """True or false, and nothing that looks like them."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise fault("wrong-type", "true or false is needed here.")
        return value


class Year(fields.Field[int]):
    """A whole number from 1 to 9999."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault("wrong-type", "A whole number is needed here.")
        if not 1 <= value <= 9999:
            raise fault("out-of-range", "A year from 1 to 9999 is needed here.")
        return value


class Items(fields.Field[Any]):
    """A list of what `inner` takes, as a tuple."""

    default_error_messages = MESSAGES

    def __init__(self, inner: fields.Field[Any], *, least: int = 0, **kwargs: Any) -> None:
        super().__init__(allow_none=not least, **kwargs)
        self.inner = inner
        self.least = least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise fault("wrong-type", "A list is needed here.")
        if len(value) > MAX_ITEMS:
            raise fault("too-many", f"At most {MAX_ITEMS} items are taken here, not {len(value)}.")
        if len(value) < self.least:
            raise fault("too-few", f"At least {self.least} is needed here.")
        result, errors = [], {}
        for index, item in enumerate(value):
            try:
                result.append(self.inner.deserialize(item))
            except ValidationError as error:
                errors[index] = error.messages
        if errors:
            raise ValidationError(errors)
        return tuple(result)


class Object(fields.Nested):
    """An object with a schema of its own."""

    default_error_messages = MESSAGES

    def __init__(self, schema: Any, **kwargs: Any) -> None:
        super().__init__(schema, **{"allow_none": True, **kwargs})

    def _deserialize(self, value: Any, attr: str | None, data: Any, partial: Any = None, **kwargs: Any) -> Any:
        return self.schema.load(value)


def text(limit: int, *, least: int = 0, required: bool = False) -> Checked:
    """A text of at most `limit` characters, kept as given."""

    def read(value: str) -> str:
        if len(value) > limit:
            raise InvalidValue("too-long", f"At most {limit} characters are taken here, not {len(value)}.")
        if least and not value.strip():
            raise InvalidValue("empty", "This may not be empty.")
        return value

    shape = {"maxLength": limit} if not least else {"minLength": least, "maxLength": limit}
    return Checked(read, required=required, allow_none=not required, metadata=shape)


def choice(allowed: Iterable[str], *, required: bool = False) -> Checked:
    """One of the words in `allowed`."""
    words = tuple(allowed)

    def read(value: str) -> str:
        if value not in words:
            raise InvalidValue("not-allowed", "Use one of " + ", ".join(words) + ".")
        return value

    return Checked(read, required=required, allow_none=not required, metadata={"enum": [*words]})


def slug(*, required: bool = False) -> Checked:
    """The slug of a source."""
    return Checked(read_slug, required=required, allow_none=not required, metadata=_SLUG)


def read_slug(value: str) -> str:
    """A slug as it is; raises InvalidValue where it does not follow the grammar."""
    if not re.fullmatch(r"[a-z0-9-]{1,64}", value):
        raise InvalidValue("invalid-slug", "A slug is 1 to 64 of a-z, 0-9 and '-'.")
    return value


def url() -> Checked:
    """A web address beside the main one, kept as given."""
    return Checked(check_url, allow_none=True, metadata=_URL)


def main_url(*, required: bool = False) -> Checked:
    """The address that identifies a record, in canonical form."""
    return Checked(canonical_url, required=required, allow_none=not required, metadata=_URL)


def language() -> Checked:
    """A BCP 47 language tag in canonical case."""
    return Checked(canonical_language, allow_none=True, metadata=_LANGUAGE)


def partial_date(*, required: bool = False) -> Checked:
    """A date-time with offset, a day, a month or a year."""
    return Checked(PartialDate.parse, required=required, allow_none=not required, metadata=_DATE)


def day() -> Checked:
    """A day, ``YYYY-MM-DD``."""
    return Checked(parse_day, allow_none=True, metadata=_DAY)
