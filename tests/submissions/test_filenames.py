"""Names that people and attackers give to files."""

import unicodedata

import pytest

from submissions.filenames import extension_of, member_name, shown_name

KNOWN = {"jpg", "jpeg", "png", "pdf"}
NAMES = {
    "talka.jpg": "talka.jpg",
    "IMG_1.JPEG": "IMG_1.jpg",
    "../../etc/passwd": "passwd.jpg",
    r"C:\Users\Ona\x.png": "x.jpg",
    "nuotrauka.pdf": "nuotrauka.jpg",
    "x.html.jpg": "x.html.jpg",
    "\u202egpj.exe": "gpj.exe.jpg",
    "a\x00b\r\nc.jpg": "abc.jpg",
    "taškas. .jpg ": "taškas.jpg",
    unicodedata.normalize("NFD", "Žąsys.jpg"): "Žąsys.jpg",
    "👩‍🌾.jpg": "👩‍🌾.jpg",
    "": "file.jpg",
    ".jpg": "jpg.jpg",
    "..": "file.jpg",
    "ą" * 300 + ".png": "ą" * 116 + ".jpg",
    'a"; filename=x.html.jpg': 'a"; filename=x.html.jpg',
}


@pytest.mark.parametrize("name", NAMES)
def test_shown_name_is_clean_and_ends_as_its_content(name):
    assert shown_name(name, extension="jpg", known=KNOWN) == NAMES[name]


@pytest.mark.parametrize("name", NAMES)
def test_shown_name_stays_as_it_is_the_second_time(name):
    once = shown_name(name, extension="jpg", known=KNOWN)

    assert shown_name(once, extension="jpg", known=KNOWN) == once


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.JPG", "jpg"), ("a", ""), (".jpg", ""), ("a.b c", ""), ("a.\u202egpj", "gpj")],
)
def test_extension_is_what_a_name_claims(name, extension):
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.jpg", "_lpt1.jpg"),
        ("Console.pdf", "Console.pdf"),
        ('a<b>:"c|?*.jpg', "a_b___c___.jpg"),
    ],
)
def test_member_name_can_be_unpacked_everywhere(name, member):
    assert member_name(name) == member
