"""What stands in the main part of a page."""

import re
from html import unescape


def main_of(response):
    """The main part, with its marks."""
    return re.search("<main.*</main>", response.content.decode(), re.DOTALL)[0]


def words_of(response):
    """The words of the main part, one space between them."""
    return words_in(main_of(response))


def words_in(marked):
    """The words of a piece of a page, without its marks."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", marked)).split())
