"""`make screens` as it is typed, on a contest of three entries."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/screens.md"


@pytest.mark.slow
@pytest.mark.worker
@pytest.mark.timeout(300)
def test_every_picture_of_the_docs_is_taken(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "screens", "--folder", tmp_path, "--projects", "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    taken = {picture.name for picture in tmp_path.iterdir()}
    assert taken == set(re.findall(r"images/screens/([\w-]+\.png)", PAGE.read_text()))
    for name in taken:
        with Image.open(tmp_path / name) as picture:
            assert picture.width in {720, 1280}
            assert len(picture.getcolors()) > 10  # not an empty page


def test_the_pictures_of_the_docs_are_there():
    for page in (PAGE, ROOT / "README.md"):
        for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text()):
            assert (page.parent / name).exists(), name
