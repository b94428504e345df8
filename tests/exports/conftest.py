"""LibreOffice, for tests that have a workbook counted anew."""

import shutil
import subprocess

import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""


@pytest.fixture(scope="session")
def soffice():
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.fail(
            "LibreOffice is missing; it recalculates the workbooks here. "
            "On Debian or Ubuntu: apt-get install libreoffice-calc-nogui",
            pytrace=False,
        )
    return found


@pytest.fixture
def convert(soffice, tmp_path):
    """A file opened and saved by LibreOffice, with or without calculating anew."""

    def convert(file, suffix, *, recalculate=True, options=""):
        home = tmp_path / f"home-{recalculate}"
        (home / "user").mkdir(parents=True, exist_ok=True)
        if recalculate:
            (home / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
        source, out = tmp_path / "source.xlsx", tmp_path / "out"
        source.write_bytes(file.getvalue())
        command = [soffice, f"-env:UserInstallation={home.as_uri()}", "--headless"]
        command += ["--norestore", "--convert-to", suffix + options]
        command += ["--outdir", str(out), str(source)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=240, check=False
        )
        made = out / f"source.{suffix}"
        assert made.exists(), done.stderr
        return made

    return convert
