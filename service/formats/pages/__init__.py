"""From an HTML page to a draft of an article, with what on the page says so."""

from service.formats.pages.drafts import Draft
from service.formats.pages.reader import read_page

__all__ = ["Draft", "read_page"]
