"""Files that are two things at once, sent and served: nothing of them ever runs.

They are asked for in every way in which a page can take up a file, by a page of our own
address that has no policy at all: worse than anybody's text on a page can become.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Error

from tests.api import Person
from tests.browser.conftest import sign_in_cookie
from tests.factories import RepresentativeFactory, SubmissionFactory
from tests.factories.pictures import PDF, picture

CODE = b"top.hacked=1;"
HTML = b"\"'>--></title><script>" + CODE + b"</script><img src=x onerror=top.hacked=1>"
JAVASCRIPT_OF_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction"
    b"<</S/JavaScript/JS(app.alert(1);top.hacked=1)>>>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
pytestmark = pytest.mark.slow
_AS_LONG_AS_A_COMMENT = 0x2F2A  # "/*", read as the length of a JPEG's segment


def script_and_jpeg():
    """A picture that is a script to whoever reads it as one: a name, and a comment."""
    begins, ends = b"JFIF\0\1\1\0\0\1\0\1\0\0", b"*/=1;" + CODE + b"/*"
    padding = bytes(_AS_LONG_AS_A_COMMENT - 2 - len(begins) - len(ends))
    segment = b"/*" + begins + padding + ends
    return b"\xff\xd8\xff\xe0" + segment + picture()[2:] + b"*/"


POLYGLOTS = {
    "page.pdf": PDF.replace(b"%%EOF", HTML + b"\n%%EOF"),
    "script.pdf": JAVASCRIPT_OF_PDF,
    "behind.jpg": picture() + HTML,
    "remark.jpg": picture(comment=HTML),
    "script.jpg": script_and_jpeg(),
    "remark.png": picture("PNG").replace(b"IEND", b"IEND" + HTML),
    "page.html.jpg": picture("PNG") + HTML,
}
_WAYS = (
    '<iframe src="{0}"></iframe><object data="{0}"></object><embed src="{0}">'
    '<img src="{0}"><script src="{0}" charset="latin1"></script>'
    '<link rel="stylesheet" href="{0}">'
)


@pytest.fixture
def window(chromium, live_server):
    """A window of the entry's owner; what its console says is the browser's refusal."""
    context = chromium.new_context(base_url=live_server.url)
    yield context
    context.close()


@pytest.fixture
def served(window, live_server):
    """Where each of the files is served once it was sent, small pictures too."""
    draft = SubmissionFactory(contest__phase="open", state="draft")
    owner = RepresentativeFactory(organisation=draft.organisation).person
    window.add_cookies([sign_in_cookie(live_server, owner)])
    found = []
    for name, content in POLYGLOTS.items():
        kind = "document" if name.endswith("pdf") else "photo"
        file = {"file": SimpleUploadedFile(name, content), "kind": kind}
        answer = Person(owner).post(
            f"submissions/{draft.pk}/attachments/", file, format="multipart"
        )
        assert answer.status_code == 201, answer.content
        where = f"/api/v1/attachments/{answer.json()['id']}"
        found.append(f"{where}/file/")
        found += [f"{where}/preview/"] if kind == "photo" else []
    return found


def ran(window, addresses):
    """Whether anything ran on a page that takes up these files in every way."""
    body = "<!doctype html>" + "".join(map(_WAYS.format, addresses))
    window.route("**/attack/", lambda route: route.fulfill(body=body, **_AS_HTML))
    page = window.new_page()
    page.goto("/attack/")
    page.wait_for_load_state("networkidle")
    return page.evaluate("window.hacked") is not None


_AS_HTML = {"content_type": "text/html; charset=latin1"}


def test_nothing_of_a_file_that_is_served_runs(window, served):
    assert not ran(window, served)

    for address in served:
        page = window.new_page()
        with pytest.raises(Error, match="Download is starting"):
            page.goto(address)
        page.close()


@pytest.mark.parametrize("name", [n for n in POLYGLOTS if n != "script.pdf"])
def test_the_same_file_runs_where_it_is_believed(window, name):
    """The control: served as it was sent, and as what it would like to be."""
    kind = "text/javascript" if name == "script.jpg" else "text/html"
    window.route(
        re.compile("/believed/"),
        lambda route: route.fulfill(body=POLYGLOTS[name], content_type=kind),
    )

    assert ran(window, ["/believed/"])
