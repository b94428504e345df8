"""What the two crawls have in common: where they begin, and which pages look alike."""

import re
from urllib.parse import urlsplit

STARTS = ("/", "/desk/")
NOT_PAGES = ("/api/", "/admin/", "/static/")
_WORD = re.compile(r"[0-9a-f-]{36}|\d+")


def starts_of(who):
    """Where somebody begins: a visitor has no desk."""
    return STARTS if who != "visitor" else STARTS[:1]


def kind_of(where):
    """The address with its ids taken out: pages of one kind look alike."""
    return _WORD.sub("…", urlsplit(where).path)


def is_page_of_ours(link, host):
    """Whether a link leads to a page of the host."""
    parts = urlsplit(link)
    is_here = parts.scheme in {"", "http"} and parts.netloc == host
    return is_here and not parts.path.startswith(NOT_PAGES)
