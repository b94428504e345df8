"""Files in one ZIP: named safely, checked, and never from elsewhere."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.workbooks.archive import LONGEST_PART, Member, safe_name, write_archive

MOMENT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "attachments"
    folder.mkdir()
    return folder


def member(root, name, content=b"a photo", stored="x.jpg"):
    path = root / stored
    path.write_bytes(content)
    return Member(name, path, hashlib.sha256(content).hexdigest())


def archive(members, root):
    file = BytesIO()
    lost = write_archive(
        members, file, root=root, moment=MOMENT, on_member=lambda: None
    )
    return ZipFile(file), lost


def test_archive_holds_the_files_and_a_list_that_checks_them(root):
    one = member(root, "2026-001/01-Žolinė.jpg", b"one", "a.jpg")
    two = member(root, "2026-002/01-b.pdf", b"two" * 1_000_000, "b.pdf")

    made, lost = archive([one, two], root)

    assert lost == []
    assert made.testzip() is None
    assert made.namelist() == [one.name, two.name, "SHA256SUMS"]
    sums = made.read("SHA256SUMS").decode().splitlines()
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256(made.read(name)).hexdigest() == digest


def test_same_files_make_the_same_bytes(root):
    files = [member(root, "2026-001/01-a.jpg")]

    first, second = (archive(files, root)[0].fp.getvalue() for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("given_name", "made"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\windows\\win.ini", "windows/win.ini"),
        ("2026-001/../../x.jpg", "2026-001/x.jpg"),
        ("C:\\x.jpg", "C_/x.jpg"),
        ("2026-001/CON.pdf", "2026-001/_CON.pdf"),
        ("2026-001/.bashrc", "2026-001/_.bashrc"),
        ("2026-001/gnp\N{RIGHT-TO-LEFT OVERRIDE}.exe", "2026-001/gnp.exe"),
        ("2026-001/a\x00\r\nb.jpg", "2026-001/ab.jpg"),
        ("", "_"),
        ("..", "_"),
    ],
)
def test_names_stay_inside_the_archive(given_name, made):
    assert safe_name(given_name) == made


@given(st.text(max_size=300))
def test_any_name_is_relative_short_and_without_steps_up(name):
    path = PurePosixPath(safe_name(name))

    assert not path.is_absolute()
    assert 1 <= len(path.parts) <= 2
    assert not {"..", "."} & set(path.parts)
    assert all(len(part) <= LONGEST_PART + 1 for part in path.parts)


def test_names_that_differ_only_in_case_are_told_apart(root):
    files = [member(root, name) for name in ("R/a.jpg", "R/A.jpg", "SHA256SUMS")]

    made, _lost = archive(files, root)

    assert made.namelist() == [
        "R/a.jpg",
        "R/A (2).jpg",
        "SHA256SUMS (2)",
        "SHA256SUMS",
    ]


def test_files_from_elsewhere_links_and_changed_ones_stay_out(root, tmp_path):
    outside = member(tmp_path, "R/outside.txt", b"secret", "secret.txt")
    link = root / "link.jpg"
    link.symlink_to(outside.path)
    inner = member(root, "R/inner.jpg", b"inner", "inner.jpg")
    to_inner = root / "inner-link.jpg"
    to_inner.symlink_to(inner.path)
    changed = member(root, "R/changed.jpg", b"sent", "changed.jpg")
    changed.path.write_bytes(b"changed")
    lost = [
        outside,
        Member("R/link.jpg", link, outside.sha256),
        Member("R/inner-link.jpg", to_inner, inner.sha256),
        Member("R/up.txt", root / ".." / "secret.txt", outside.sha256),
        Member("R/none.jpg", root / "none.jpg", "0" * 64),
        Member("R/folder", root, "0" * 64),
        changed,
    ]

    made, names = archive([inner, *lost], root)

    assert names == [each.name for each in lost]
    assert made.namelist() == ["R/inner.jpg", "SHA256SUMS", "MISSING.txt"]
    assert all(name in made.read("MISSING.txt").decode() for name in names)
    assert b"secret" not in made.fp.getvalue().replace(b"secret.txt", b"")
