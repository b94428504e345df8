import pytest


@pytest.fixture
def own_folders(settings, tmp_path):
    """Where the files of a register and of its jobs lie in this test."""
    settings.JOB_FILES_DIR = tmp_path / "jobs"
    settings.IMPORT_FILES_DIR = tmp_path / "imports"
