"""The coordinator's pages of files with the register: brought in, and taken out."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from jobs import runner
from organisations.models import ImportRun, Organisation, RegisterExport
from tests.contest import registers
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    ImportProblemFactory,
    ImportRunFactory,
    OrganisationFactory,
)
from tests.organisations.imports import corpus
from tests.pages.reading import words_of
from tests.policy.pages import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


@pytest.fixture
def send(contest, browser, tmp_path):
    """Bring a table in by the form; let its dry run be done."""

    def bring(table, name="register.csv", *, check=True):
        make = corpus.as_xlsx if name.endswith("xlsx") else corpus.as_csv
        content = make(table, tmp_path / name).read_bytes()
        answer = upload(browser, contest, content, name)
        assert answer.status_code == 302
        if check:
            runner.run(ImportRun.objects.latest("created_at").check_job_id)
        return answer["Location"]

    return bring


def upload(browser, contest, content, name):
    file = SimpleUploadedFile(name, content)
    return browser.post(where("register-imports", contest), {"file": file})


def where(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


# --- Files brought in ---------------------------------------------------------


def test_a_file_is_looked_at_then_written(browser, send):
    address = send(registers.rows(3))
    before = Organisation.objects.count()
    looked = browser.get(address)

    answer = browser.post(address, {"mode": "all_or_nothing"})
    runner.run(ImportRun.objects.get().apply_job_id)
    applied = browser.get(address)

    assert before == 0
    assert looked.context["counts"]["new"] == 3
    assert "utf-8" in words_of(looked)
    assert answer.status_code == 302
    assert Organisation.objects.count() == 3
    assert applied.context["state"] == "applied"


def test_errors_are_told_by_row_column_and_what_is_allowed(browser, send):
    table = registers.rows(6)
    planted = registers.plant(table, 3)

    page = browser.get(send(table, "register.xlsx"))

    shown = {(p.row, p.code) for p, _words in page.context["problems"]}
    assert shown >= {(row, code) for row, (_column, code) in planted.items()}
    assert 'value="good_rows"' in page.content.decode()
    assert 'value="all_or_nothing"' not in page.content.decode()


def test_the_good_rows_are_written_and_the_others_fetched(contest, browser, send):
    table = registers.rows(6)
    planted = registers.plant(table, 3)
    address = send(table, "register.xlsx")
    browser.post(address, {"mode": "good_rows"})
    run = ImportRun.objects.get()
    runner.run(run.apply_job_id)

    rejected = workbook(browser, where("register-import-rejected", contest, run.pk))
    problems = workbook(browser, where("register-import-problems", contest, run.pk))

    assert Organisation.objects.count() == 3
    assert len(rejected) == 1 + 3
    assert {int(row[0]) for row in problems[1:]} == set(planted)
    assert all(row[3] for row in problems[1:])


def workbook(browser, address):
    content = browser.get(address).getvalue()
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "tuscias.csv", 400),
        (b"%PDF-1.7 ...", "sarasas.pdf", 400),
        (b"PK\x03\x04", "sarasas.csv", 400),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_a_way_out(
    content, name, code, contest, browser
):
    answer = upload(browser, contest, content, name)

    assert answer.status_code == code
    assert ".xlsx" in words_of(answer)
    assert not ImportRun.objects.exists()


def test_no_file_is_told_beside_the_field(contest, browser):
    answer = browser.post(where("register-imports", contest), {})

    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(("times", "status"), [(2, 400), (9, 413)])
def test_too_large_a_file_is_told_with_both_sizes(
    times, status, contest, browser, settings
):
    settings.IMPORT_MAX_BYTES = 1024 * 1024

    content = b"Pavadinimas\n" + b"x" * times * settings.IMPORT_MAX_BYTES
    answer = upload(browser, contest, content, "didelis.csv")

    assert answer.status_code == status
    assert f"{times} MB" in words_of(answer)
    assert "1 MB" in words_of(answer)
    assert not ImportRun.objects.exists()


def test_a_file_that_cannot_be_read_says_why(browser, send):
    page = browser.get(send([("Miestas", "Šalis"), ("Kelmė", "LT")]))

    assert page.context["state"] == "refused"
    assert "Miestas, Šalis" in words_of(page)


def test_a_file_under_way_is_followed_with_and_without_a_script(browser, send):
    address = send(registers.rows(1), check=False)

    page = browser.get(address).content.decode()

    assert "<progress" in page
    assert "hx-get" in page
    assert f'href="{address}"' in page


def test_what_failed_is_told_and_not_offered_to_be_written(contest, browser):
    run = ImportRunFactory(contest_id=contest.pk, check_job__failed=True, counts={})

    page = browser.get(where("register-import", contest, run.pk))

    assert page.status_code == 200
    assert 'name="mode"' not in page.content.decode()


def test_after_its_time_a_file_is_read_and_not_written():
    contest = ContestFactory(phase="judging")
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    run = ImportRunFactory(contest_id=contest.pk)
    address = where("register-import", contest, run.pk)

    page = browser.get(address)
    answer = browser.post(address, {"mode": "good_rows"})

    assert page.status_code == 200
    assert 'name="mode"' not in page.content.decode()
    assert answer.status_code == 403
    run.refresh_from_db()
    assert run.apply_job is None


def test_a_file_of_another_contest_is_not_there(contest, browser):
    foreign = ImportRunFactory(contest_id=ContestFactory().pk)

    for name in ("", "-problems", "-rejected"):
        address = where(f"register-import{name}", contest, foreign.pk)
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_files_brought_in_cost_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    runs = ImportRunFactory.create_batch(count, contest_id=contest.pk)
    ImportProblemFactory.create_batch(count, run=runs[0])

    with django_assert_num_queries(7):
        browser.get(where("register-imports", contest))
    with django_assert_num_queries(7):
        browser.get(where("register-import", contest, runs[0].pk))


# --- The register as a file ---------------------------------------------------


def test_the_register_is_asked_for_followed_and_fetched(contest, browser):
    OrganisationFactory(phone="+370 612 34567")
    asked = browser.post(where("register-files", contest), {"with_contacts": "on"})
    waits = browser.get(where("register-files", contest)).content.decode()
    export = RegisterExport.objects.get()
    runner.run(export.job_id)

    page = browser.get(where("register-files", contest)).content.decode()
    rows = workbook(browser, where("register-file", contest, export.pk))

    assert asked.status_code == 302
    assert "<progress" in waits
    assert "SHA-256" in page
    assert "+370 612 34567" in rows[1]
    assert Event.objects.filter(action="contest.download_register").exists()


def test_contacts_are_not_offered_where_they_may_not_be_had():
    contest = ContestFactory(phase="set-up")
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    page = browser.get(where("register-files", contest)).content.decode()
    browser.post(where("register-files", contest), {"with_contacts": "on"})

    assert "with_contacts" not in page
    assert not RegisterExport.objects.get().with_contacts
