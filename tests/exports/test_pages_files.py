"""The files of a contest as a page: asked for, followed, stopped, fetched."""

import pytest
from django.urls import reverse

from exports.models import Export
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    ExportFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
FILES_QUERIES = 8


@pytest.fixture
def contest():
    return ContestFactory(phase="deliberation")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def ask(browser, contest, **values):
    return browser.post(reverse("exports:files", args=[contest.slug]), values)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(
    count, contest, browser, django_assert_num_queries
):
    for _ in range(count):
        ExportFactory(contest=contest, job__content=b"a workbook")

    with django_assert_num_queries(FILES_QUERIES):
        response = browser.get(reverse("exports:files", args=[contest.slug]))

    assert response.content.decode().count("SHA-256") == count


def test_a_file_is_asked_for_and_followed(contest, browser):
    assert ask(browser, contest, kind="ranking").status_code == 302

    page = browser.get(reverse("exports:files", args=[contest.slug])).content.decode()
    assert "<progress" in page
    assert "hx-get" in page


def test_contacts_without_a_reason_keep_what_was_chosen(contest, browser):
    response = ask(browser, contest, kind="contacts", file_format="csv")

    page = response.content.decode()
    assert response.status_code == 400
    assert '<option value="csv" selected>' in page
    assert not Export.objects.exists()


def test_a_kind_that_is_not_ones_own_is_not_offered():
    contest = ContestFactory(phase="open")
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    page = browser.get(reverse("exports:files", args=[contest.slug])).content.decode()
    asked = ask(browser, contest, kind="ranking")

    assert 'value="ranking"' not in page
    assert asked.status_code in {403, 404}


def test_a_finished_file_is_fetched(contest, browser):
    made = ExportFactory(contest=contest, job__content=b"a workbook")

    response = browser.get(reverse("exports:file", args=[made.pk]))

    assert b"".join(response.streaming_content) == b"a workbook"
    assert response["Content-Disposition"].startswith("attachment")


def test_what_is_stopped_can_be_tried_again(contest, browser):
    ask(browser, contest, kind="entries")
    made = Export.objects.get()

    browser.post(reverse("exports:cancel", args=[made.pk]))
    stopped = Export.objects.get().job.state
    browser.post(reverse("exports:retry", args=[made.pk]))

    assert (stopped, Export.objects.get().job.state) == ("cancelled", "queued")


def test_a_file_that_is_no_longer_kept_is_told_in_words(contest, browser):
    made = ExportFactory(contest=contest)

    response = browser.get(reverse("exports:file", args=[made.pk]))

    assert response.status_code == 409
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "kind"), [("ticked-table", "entries"), ("ticked-archive", "attachments")]
)
def test_a_file_of_the_ticked_entries_is_asked_for_from_their_list(
    name, kind, contest, browser
):
    entries = [SubmissionFactory(contest=contest) for _ in range(2)]
    there = reverse(f"exports:{name}", args=[contest.slug])
    listed = browser.get(reverse("submissions:manage-entries", args=[contest.slug]))

    asked = browser.post(there, {"entry": [entries[0].pk]})

    assert there in listed.content.decode()
    assert asked["Location"] == reverse("exports:files", args=[contest.slug])
    made = Export.objects.get()
    assert (made.kind, made.only) == (kind, [str(entries[0].pk)])


def test_without_a_tick_or_with_a_foreign_one_no_file_is_made(contest, browser):
    there = reverse("exports:ticked-table", args=[contest.slug])

    browser.post(there)
    browser.post(there, {"entry": [SubmissionFactory().pk]})

    assert not Export.objects.exists()
