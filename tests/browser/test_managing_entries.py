"""A coordinator's entries, assignments, ranking and files in a real browser."""

import pytest
from django.urls import reverse

from contest import rulebook
from submissions.models import Submission
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, look, overflow
from tests.factories import (
    ActionGroupFactory,
    AssignmentFactory,
    AttachmentFactory,
    ContestFactory,
    CoordinatorFactory,
    ExportFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)

CODES = ("innovation", "success", "social_responsibility", "originality")


def of_contest(contest):
    names = ("submissions:manage-entries", "submissions:assignments")
    names += ("scoring:ranking", "scoring:ranking-scores", "exports:files")
    return [reverse(name, args=[contest.slug]) for name in names]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_a_judged_contest_have_no_barrier(visit, size):
    contest = ContestFactory(phase="judging")
    person = CoordinatorFactory(contest=contest).person
    for value in (7, 9):
        pair = AssignmentFactory(submission__contest=contest)
        AttachmentFactory(submission=pair.submission)
        SheetFactory(assignment=pair, sent=True, values=dict.fromkeys(CODES, value))
    AssignmentFactory(submission__contest=contest, in_conflict=True)
    ExportFactory(contest=contest, job__content=b"a workbook")
    page = visit(person=person, size=size)

    found = []
    entry = reverse("submissions:manage-entry", args=[pair.submission.pk])
    narrowed = f"{of_contest(contest)[0]}?few=scores&checklist=open"
    for path in [*of_contest(contest), entry, narrowed]:
        page.goto(path)
        look(page, path.strip("/").replace("/", "-")[-40:], size)
        found += barriers(page)
        assert overflow(page) <= 0, path

    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_action_group_begins_an_entry_from_its_territory(visit, size):
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "action_group"]}
    contest = ContestFactory(phase="open", document=document)
    group = ActionGroupFactory(name="Pamario VVG")
    here = {"kind": "community", "action_group": group.name}
    for _ in range(2):
        OrganisationFactory(**here)
    SubmissionFactory(
        contest=contest, organisation=OrganisationFactory(**here), state="submitted"
    )
    seat = RepresentativeFactory(organisation=group)
    page = visit("/desk/", person=seat.person, size=size, language="en")

    found = barriers(page)
    page.get_by_role("link", name="Communities of Pamario VVG").click()
    page.get_by_text("an entry was sent").wait_for()
    found += barriers(page)
    assert overflow(page) <= 0
    look(page, "territory", size)
    page.get_by_role("button", name="Prepare an entry").first.click()
    page.wait_for_url("**/entries/**")

    assert found == []
    assert contest.submissions.filter(prepared_by=group).count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_an_entry_is_checked_and_decided_on_a_phone(visit, javascript):
    entry = SubmissionFactory(contest__phase="eligibility", state="submitted")
    person = CoordinatorFactory(contest=entry.contest).person
    page = visit(
        reverse("submissions:checklist", args=[entry.pk]),
        person=person,
        language="en",
        javascript=javascript,
    )

    for met in page.get_by_label("met", exact=True).all():
        met.check()
    page.get_by_role("button", name="Save the checklist").click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("eligible", exact=True).check()
    page.get_by_role("button", name="Decide").click()

    page.get_by_text("The decision is recorded.").wait_for()
    assert Submission.objects.get(pk=entry.pk).state == "eligible"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_office_enters_for_an_organisation_on_a_phone(visit, javascript):
    contest = ContestFactory(phase="open")
    person = CoordinatorFactory(contest=contest).person
    organisation = OrganisationFactory(name="Žąsinų", name_search="zasinu")
    page = visit(
        reverse("submissions:manage-entries", args=[contest.slug]),
        person=person,
        language="en",
        javascript=javascript,
    )

    page.get_by_role("link", name="Enter for an organisation").click()
    page.get_by_label("Its name or registration code").fill("Zasinu")
    page.get_by_role("button", name="Search").click()
    found = [*barriers(page)] if javascript else []
    wide = overflow(page)
    page.get_by_role("button", name="Begin the entry").click()
    page.get_by_text("Nobody acts for it here yet.").wait_for()
    wide = max(wide, overflow(page))
    page.get_by_role("link", name="Invite somebody of the organisation").click()
    page.get_by_label("E-mail address of the person").fill("ona@example.org")
    found += barriers(page) if javascript else []
    page.get_by_role("button", name="Invite and ask").click()
    page.get_by_role("link", name="Ask the organisation to confirm").wait_for()
    found += barriers(page) if javascript else []

    assert (found, wide <= 0) == ([], True)
    entry = Submission.objects.get()
    assert (entry.organisation, entry.entered_by) == (organisation, "secretariat")
