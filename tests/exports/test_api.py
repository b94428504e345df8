import hashlib

import pytest
from kombu.exceptions import OperationalError

from audit.models import Event
from jobs import files
from tests.api import Person
from tests.factories import CoordinatorFactory, ExportFactory, JurorFactory, UserFactory

pytestmark = pytest.mark.django_db

CONTENT = b"a workbook"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"


@pytest.fixture
def export():
    """A finished file and its requester, who coordinates."""
    coordinator = CoordinatorFactory()
    return ExportFactory(
        contest=coordinator.contest,
        requested_by=coordinator.person,
        job__content=CONTENT,
    )


@pytest.fixture
def person(export):
    return Person(export.requested_by)


def fetch(person, export):
    response = person.get(f"exports/{export.pk}/file/")
    body = response.getvalue() if response.streaming else response.content
    return response, body


def test_a_file_comes_as_an_attachment_that_nothing_runs(person, export):
    response, body = fetch(person, export)

    assert body == CONTENT
    assert response["Content-Disposition"].startswith(
        f'attachment; filename="{export.contest.slug}-'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert response["ETag"] == f'"{hashlib.sha256(CONTENT).hexdigest()}"'


def test_every_fetching_is_recorded(person, export):
    fetch(person, export)

    (event,) = Event.objects.filter(action="exports.download")
    assert event.actor_id == person.user.pk
    assert event.details == {
        "kind": "ranking",
        "file_format": "xlsx",
        "sha256": export.job.file_sha256,
    }


def test_another_coordinator_of_the_contest_fetches_it_too(export):
    other = CoordinatorFactory(contest=export.contest)

    assert fetch(Person(other.person), export)[0].status_code == 200


def test_a_file_of_another_contest_is_not_there(export):
    stranger = Person(CoordinatorFactory().person)

    statuses = [
        stranger.get(f"exports/{export.pk}/").status_code,
        fetch(stranger, export)[0].status_code,
    ]

    assert statuses == [404, 404]


def test_who_no_longer_coordinates_fetches_nothing(person, export):
    export.contest.coordinators.all().delete()

    assert fetch(person, export)[0].status_code == 404


def test_who_became_a_juror_waits_for_the_close(person, export):
    JurorFactory(contest=export.contest, person=person.user)

    response, _body = fetch(person, export)

    assert (response.status_code, response.json()["code"]) == (403, "not_now")


def test_a_file_that_is_not_ready_says_so(person, export):
    waiting = ExportFactory(contest=export.contest, requested_by=person.user)

    response, _body = fetch(person, waiting)

    assert (response.status_code, response.json()["code"]) == (409, "not_ready")


def test_a_file_that_the_disk_has_lost_says_so(person, export):
    person.client.raise_request_exception = False
    files.path_of(export.job.file_name).unlink()

    response, _body = fetch(person, export)

    assert response.status_code in {404, 409, 410}


def test_a_double_click_is_one_file(person, export):
    where = f"contests/{export.contest.slug}/exports/"

    answers = [person.post(where, {"file_format": "xlsx"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_a_broker_that_is_away_is_no_concern_of_the_caller(
    person, export, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*_args, **_kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr("jobs.services.current_app.send_task", away)

    with django_capture_on_commit_callbacks(execute=True):
        answer = person.post(f"contests/{export.contest.slug}/exports/", {})

    assert (answer.status_code, answer.json()["state"]) == (202, "queued")


def test_a_finished_file_names_its_address_and_hash(person, export):
    answer = person.get(f"exports/{export.pk}/").json()

    assert answer["file"].endswith(f"/api/v1/exports/{export.pk}/file/")
    assert answer["sha256"] == export.job.file_sha256


def test_visitors_fetch_nothing(export):
    assert Person().get(f"exports/{export.pk}/file/").status_code == 401


def test_a_person_without_a_role_fetches_nothing(export):
    assert fetch(Person(UserFactory()), export)[0].status_code == 404
