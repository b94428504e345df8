"""The system refuses to write on: a sentence, nothing half-made, nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contest.models import ContestLogo
from core.disk import StorageFull
from jobs import files, kinds, runner
from organisations.models import ImportRun
from tests.api import Person
from tests.core.full_disk import room_for
from tests.factories import ContestFactory, CoordinatorFactory, JobFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

ROOM = 2_800_000  # bytes; Django keeps smaller files in memory
KIND = "tests.nothing"
CSV = b"Pavadinimas;Kodas\r\n" + b"Kaimo bendruomene;\r\n" * 160_000


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Folders of the test's own: for uploads on their way, registers, files of jobs."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    settings.IMPORT_FILES_DIR = tmp_path / "imports"
    settings.JOB_FILES_DIR = tmp_path / "jobs"
    return tmp_path


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def left(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


# In memory until it is kept; and written aside by Django as it comes.
@pytest.mark.parametrize("in_memory", [10_000_000, 1_000_000])
def test_register_for_which_there_is_no_room(
    contest, coordinator, folders, settings, in_memory
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    person = Person(coordinator)
    person.client.raise_request_exception = False
    file = SimpleUploadedFile("registras.csv", CSV)
    where = f"contests/{contest.slug}/register-imports/"

    with room_for(ROOM):
        answer = person.post(where, {"file": file}, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert "Please tell the" in answer.json()["detail"]
    assert left(folders) == []
    assert not ImportRun.objects.exists()


def test_register_that_would_leave_too_little(contest, coordinator, folders, settings):
    settings.DISK_KEEP_FREE = 2**60
    file = SimpleUploadedFile("registras.csv", CSV[:1000])
    where = f"contests/{contest.slug}/register-imports/"

    answer = Person(coordinator).post(where, {"file": file}, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert left(folders) == []


def test_register_with_room_enough_is_kept(contest, coordinator, folders):
    """The control: the same file, and room for it."""
    file = SimpleUploadedFile("registras.csv", CSV)
    where = f"contests/{contest.slug}/register-imports/"

    answer = Person(coordinator).post(where, {"file": file}, format="multipart")

    assert answer.status_code == 202
    assert left(folders) == [ImportRun.objects.get().stored_name]


# The token is checked by a middleware, which reads the form before any page does.
@pytest.mark.parametrize("checks_token", [False, True])
@pytest.mark.parametrize("page", ["contest:register-imports", "contest:logos"])
def test_page_on_which_there_is_no_room_says_so(
    contest, coordinator, folders, page, checks_token
):
    browser = browser_of(coordinator)
    browser.handler.enforce_csrf_checks = checks_token
    browser.raise_request_exception = False
    where = reverse(page, args=[contest.slug])
    browser.get(where)
    token = browser.cookies["csrftoken"].value
    form = {"file": SimpleUploadedFile("a.csv", CSV), "csrfmiddlewaretoken": token}

    with room_for(ROOM):
        answer = browser.post(where, form)

    assert answer.status_code == 507
    assert "nėra vietos failams" in answer.content.decode()
    assert left(folders) == []
    assert not ImportRun.objects.exists()
    assert not ContestLogo.objects.exists()


def write_much(work):
    work.open_file("txt").write(b"x" * (ROOM + 1_000_000))


def write_into_the_buffer(work):
    """What stands in the buffer meets the full disk when the file is closed."""
    file = work.open_file("txt")
    file.seek(ROOM + 1)
    file.write(b"x")


def be_refused_meanwhile(work):
    write_into_the_buffer(work)
    raise kinds.Refused("Nobody may have it.")


@pytest.mark.parametrize(
    ("run", "error"),
    [
        (write_much, "no room for files"),
        (write_into_the_buffer, "no room for files"),
        (be_refused_meanwhile, "Nobody may have it."),
    ],
)
def test_job_whose_file_finds_no_room_fails_at_once(monkeypatch, folders, run, error):
    monkeypatch.setitem(kinds._RUNNERS, KIND, run)
    job = JobFactory()

    with room_for(ROOM):
        attempted(job)

    job.refresh_from_db()
    assert (job.state, job.lease_token, job.file_name) == ("failed", None, "")
    assert error in job.error
    assert left(folders) == []


def test_job_is_not_begun_where_its_file_would_leave_too_little(
    monkeypatch, folders, settings
):
    monkeypatch.setitem(kinds._RUNNERS, KIND, write_much)
    settings.DISK_KEEP_FREE = 2**60
    job = JobFactory()

    attempted(job)

    job.refresh_from_db()
    assert (job.state, left(folders)) == ("failed", [])
    assert "no room for files" in job.error


def test_job_with_room_enough_is_done(monkeypatch):
    """The control: the same work, and room for it."""
    monkeypatch.setitem(kinds._RUNNERS, KIND, write_much)
    job = JobFactory()

    runner.run(job.pk)

    job.refresh_from_db()
    assert files.path_of(job.file_name).stat().st_size == job.file_size > ROOM


def attempted(job):
    """Run it; what the log is told of is raised, too."""
    try:
        runner.run(job.pk)
    except (OSError, StorageFull):
        return
