"""The register by hand: a file with errors brought in, the good rows found again."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from jobs import runner
from organisations.models import ImportRun
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.contest import registers
from tests.factories import (
    AwardFactory,
    ContestFactory,
    CoordinatorFactory,
    ImportRunFactory,
    OrganisationFactory,
    RegisterExportFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.organisations.imports import corpus

_KEPT = os.environ.get("SCREENSHOTS")  # a folder, for those who want to look


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"
    settings.IMPORT_FILES_DIR = tmp_path / "imports"


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def person(contest):
    return CoordinatorFactory(contest=contest).person


def seen(page, name, *, javascript=True):
    """Look at the page as it is now; axe itself is a script."""
    if _KEPT:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(_KEPT) / f"{name}-{width}.png", full_page=True)
    assert not javascript or barriers(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize(
    ("size", "javascript", "language"),
    [
        pytest.param(PHONE, True, "lt", id="phone"),
        pytest.param(DESK, False, "en", id="desk", marks=pytest.mark.slow),
    ],
)
def test_a_file_with_errors_is_brought_in_and_its_good_rows_found(
    visit, contest, person, tmp_path, size, javascript, language
):
    table = registers.rows(12)
    registers.plant(table, 4)
    file = corpus.as_xlsx(table, tmp_path / "registras.xlsx")
    page = visit(
        reverse("contest:register-imports", args=[contest.slug]),
        person=person,
        size=size,
        javascript=javascript,
        language=language,
    )

    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button").click()
    page.locator("progress").wait_for()
    seen(page, "checking", javascript=javascript)
    runner.run(ImportRun.objects.get().check_job_id)
    go_on(page, javascript=javascript)
    page.locator("table.counts").wait_for()
    seen(page, "preview", javascript=javascript)
    page.locator("button[value=good_rows]").click()
    page.locator("progress").wait_for()
    runner.run(ImportRun.objects.get().apply_job_id)
    go_on(page, javascript=javascript)
    page.locator(".chip.good").wait_for()
    seen(page, "applied", javascript=javascript)
    page.locator("main .notice a").click()
    page.locator("input[name=q]").fill("sesuoliu 1 zibintas")
    page.locator("form[role=search] button").click()

    assert page.locator("main .card").count() >= 1
    assert "Šešuolių 1" in page.locator("main").inner_text()
    seen(page, "found", javascript=javascript)


def go_on(page, *, javascript):
    """A script looks again by itself; without one a link does."""
    if not javascript:
        page.locator("#run a", has_text="Check again").click()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "lt"), (DESK, "en")], ids=["phone", "desk"]
)
def test_the_other_pages_of_the_register_have_no_barrier(
    visit, contest, person, size, language
):
    row = OrganisationFactory(code="1442391", code_state="to_check", name="Kražių b.")
    twin = OrganisationFactory(name="Kražių kaimo bendruomenė", eldership="Kražių")
    OrganisationFactory(name="Kražių bendruomenė", municipality="")
    RepresentativeFactory(organisation=row)
    AwardFactory(organisation=row, series=contest.series)
    SubmissionFactory(contest=contest, organisation=twin, state="submitted")
    refused = {"code": "other_kind", "facts": {"name": "a.pdf", "kind": "pdf"}}
    unread = ImportRunFactory(contest_id=contest.pk, refusal=refused, counts={})
    RegisterExportFactory(contest_id=contest.pk)
    page = visit(person=person, size=size, language=language)

    def look(name, *more, query="", label=""):
        page.goto(reverse(name, args=[contest.slug, *more]) + query)
        seen(page, f"{label or name.split(':')[1]}-{language}")

    look("contest:register")
    look("contest:register", query="?q=nieko", label="register-nothing")
    look("contest:register-imports")
    look("contest:register-import", unread.pk, label="import-refused")
    look("contest:register-files")
    look("submissions:register-organisation", row.pk)
    look("contest:correct-organisation", row.pk)
    page.locator("main form:last-of-type button").click()
    page.locator(".problems").wait_for()
    seen(page, f"correct-refused-{language}")
    look("contest:merge-choice", row.pk, query="?q=kraziu")
    look("contest:merge", row.pk, twin.pk)
