"""A register through the interface: the file in, the answers, the files out."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from audit.models import Event
from contest.phases import Phase
from jobs import runner
from jobs.models import Job
from organisations.models import ImportRun, Organisation
from tests.api import Person
from tests.contest import registers
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    ImportRunFactory,
    JurorFactory,
    OrganisationFactory,
)
from tests.organisations.imports import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


@pytest.fixture
def contest():
    return ContestFactory(phase=Phase.OPEN)


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def person(coordinator):
    return Person(coordinator)


@pytest.fixture
def where(contest):
    return f"contests/{contest.slug}/register-imports/"


@pytest.fixture
def content(tmp_path):
    table = registers.rows(48)
    registers.plant(table, 16)
    return corpus.as_xlsx(table, tmp_path / "a.xlsx").read_bytes()


def send(person, where, content, name="registras.xlsx", **headers):
    upload = SimpleUploadedFile(name, content)
    return person.post(where, {"file": upload}, format="multipart", headers=headers)


def run_jobs():
    for job in Job.objects.filter(state="queued"):
        runner.run(job.pk)


def test_from_the_file_to_the_register_and_back(person, where, content):
    answer = send(person, where, content)
    assert (answer.status_code, answer.json()["state"]) == (202, "checking")
    one = f"{where}{answer.json()['id']}/"
    run_jobs()

    checked = person.get(one).json()
    assert checked["state"] == "checked"
    assert checked["counts"]["problems"] == 16
    assert len(checked["problems"]) == 16
    assert checked["problems"][0].keys() == {
        *("row", "column", "field", "code", "received", "message", "is_error"),
    }

    refused = person.post(f"{one}apply/", {"mode": "all_or_nothing"})
    assert (refused.status_code, refused.json()["code"]) == (409, "rows_rejected")
    applied = person.post(f"{one}apply/", {"mode": "good_rows"})
    assert (applied.status_code, applied.json()["state"]) == (202, "applying")
    run_jobs()

    written = person.get(one).json()
    assert written["state"] == "applied"
    assert written["result"]["counts"]["new"] == 32
    assert Organisation.objects.count() == 32


def test_the_others_come_back_as_excel_with_the_reasons(coordinator, where, content):
    person = Person(coordinator, language="lt")
    one = f"{where}{send(person, where, content).json()['id']}/"
    run_jobs()

    answer = person.get(f"{one}rejected/")

    assert answer["Content-Disposition"].startswith("attachment; ")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:12] == registers.HEADER
    assert len(rows) == 17
    assert all(row[13] for row in rows[1:])
    types = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert types & {"f", "e"} == set()
    assert Event.objects.filter(action="contest.download_rejected_rows").exists()


def test_what_came_back_and_was_mended_is_taken(person, where, tmp_path):
    table = [["Pavadinimas", "Kodas"], ["Kražiai", "123"]]
    content = corpus.as_csv(table, tmp_path / "a.csv").read_bytes()
    one = f"{where}{send(person, where, content, 'a.csv').json()['id']}/"
    run_jobs()
    book = load_workbook(BytesIO(person.get(f"{one}rejected/").getvalue()))
    book.active["B2"].value = corpus.code(30_000_001)
    mended = BytesIO()
    book.save(mended)

    again = send(person, where, mended.getvalue()).json()["id"]
    run_jobs()

    assert person.get(f"{where}{again}/").json()["counts"]["new"] == 1


def test_all_problems_are_listed_page_by_page(person, where, content):
    one = f"{where}{send(person, where, content).json()['id']}/"
    run_jobs()

    page = person.get(f"{one}problems/?page_size=5").json()

    assert (page["count"], len(page["results"])) == (16, 5)


def test_reasons_are_told_in_the_readers_language(coordinator, where, tmp_path):
    table = [["Pavadinimas", "Rūšis"], ["A", "klubas"]]
    content = corpus.as_csv(table, tmp_path / "a.csv").read_bytes()
    person = Person(coordinator)
    one = f"{where}{send(person, where, content, 'a.csv').json()['id']}/"
    run_jobs()

    told = person.get(one).json()["problems"][0]

    assert told["received"] == "klubas"
    assert told["message"] == (
        "This is not a kind of organisation; there are: Community, NGO, Local action"
        " group, Public body, Company, Other."
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF-1.4", "a PDF document"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "(.xls)"),
        ("a.csv", b"<html><table>", "a web page (HTML)"),
        ("a.csv", b"", "an empty file"),
        ("a.csv", b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_another_kind_of_file_is_refused_in_words(person, where, name, content, told):
    answer = send(person, where, content, name)

    assert answer.status_code == 400
    assert told in answer.json()["errors"][0]["message"]
    assert ImportRun.objects.count() == 0


def test_of_a_file_that_is_too_large_nothing_is_read(person, where, settings):
    settings.IMPORT_MAX_BYTES = 1000

    answer = send(person, where, b"a" * 200_000, "a.csv")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{}", "application/json", 415),
        ("nonsense", "multipart/form-data; boundary=x", 400),
        ("nonsense", "multipart/form-data", 400),
        ("--x\r\n\r\n", "multipart/form-data; boundary=x", 400),
    ],
)
def test_a_body_that_is_no_form_is_refused_in_words(
    person, where, body, content_type, status
):
    person.client.raise_request_exception = False

    answer = person.client.generic(
        "POST", f"/api/v1/{where}", body, content_type=content_type
    )

    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]


def test_the_same_key_is_one_import_and_another_file_is_refused(person, where):
    key = {"Idempotency-Key": "k1"}

    answers = [
        send(person, where, b"Pavadinimas\nA\n", "a.csv", **key) for _ in range(2)
    ]
    other = send(person, where, b"Pavadinimas\nB\n", "a.csv", **key)

    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 422


def test_another_contests_import_is_not_there(person, where):
    foreign = ImportRunFactory(contest_id=ContestFactory().pk)

    answers = [
        person.get(f"{where}{foreign.pk}/"),
        person.get(f"{where}{foreign.pk}/problems/"),
        person.get(f"{where}{foreign.pk}/rejected/"),
        person.post(f"{where}{foreign.pk}/apply/", {"mode": "good_rows"}),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_a_job_under_way_has_nothing_to_give_back(person, where, content):
    one = f"{where}{send(person, where, content).json()['id']}/"

    answer = person.get(f"{one}rejected/")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")


def test_the_register_is_asked_for_and_fetched(person, contest):
    OrganisationFactory()
    where = f"contests/{contest.slug}/register-exports/"
    answer = person.post(where, {"language": "en"})
    one = f"{where}{answer.json()['id']}/"
    run_jobs()

    told = person.get(one).json()
    file = person.get(f"{one}file/")

    assert (answer.status_code, told["state"]) == (202, "done")
    assert told["file"].endswith(f"/api/v1/{one}file/")
    sheet = load_workbook(BytesIO(file.getvalue())).active
    assert (sheet["A1"].value, sheet.max_row) == ("Code", 2)
    assert Event.objects.filter(action="contest.download_register").exists()


def test_a_file_with_contacts_is_not_given_to_who_became_a_juror(
    person, coordinator, contest
):
    where = f"contests/{contest.slug}/register-exports/"
    one = f"{where}{person.post(where, {'with_contacts': True}).json()['id']}/"
    run_jobs()
    JurorFactory(contest=contest, person=coordinator)

    assert person.get(f"{one}file/").status_code in {403, 404}
