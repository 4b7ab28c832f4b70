"""``?as_of=``: the day that a question about licenses is asked for."""

from datetime import date

from service.core.dates import parse_day
from service.core.errors import InvalidValue
from service.web.parameters import Parameters, invalid_parameter


def read_day(parameters: Parameters, name: str = "as_of") -> date | None:
    """The day in a parameter, None where it is not given; raises InvalidParameter for anything but YYYY-MM-DD."""
    text = parameters.get(name)
    if text is None:
        return None
    try:
        return parse_day(text)
    except InvalidValue as error:
        raise invalid_parameter(name, f"{name}: {error.detail}") from error


def tag_of_day(version: int, day: date) -> str:
    """The entity tag of an article's JSON document as of a day."""
    return f'"{version}-as-of-{day:%Y%m%d}"'
