"""Facts about Creative Commons licenses as tab-separated tables, read once at import."""

from importlib.resources import files


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a packaged table as dictionaries; the first line names the columns."""
    lines = files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])
