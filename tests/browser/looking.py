"""What is looked at on any page: barriers, width, what a phone has to load."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

_KEPT = os.environ.get("SCREENSHOTS")  # a folder, for those who want to look

_RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    }
}


def barriers(page):
    """What axe finds against WCAG 2.2 AA, in short."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{page.url}: {one['id']}: {node['html'][:120]}"
        for one in found
        for node in one["nodes"]
    ]


def overflow(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def look(page, name, size):
    """Keep a picture of the page, if somebody wants to see it."""
    if _KEPT:
        where = Path(_KEPT) / f"{name}-{size['width']}.png"
        page.screenshot(path=where, full_page=True)
