"""The secretariat enters for an organisation and gets its word, here or on paper."""

import pytest
from django.urls import reverse

from audit.models import Event
from contest import rulebook
from mail.models import Message
from organisations.models import Organisation, Representative
from submissions.models import Submission
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.mail.outbox import told
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

WANTED = "submissions.confirmation_wanted"
SIGNED = {"signed_by": "Ona Onaitė", "signed_role": "koordinatorė"}


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def browser(contest):
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    browser.cookies["django_language"] = "en"
    return browser


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Žąsinų", name_search="zasinu", code="190000001")


@pytest.fixture
def entry(contest, organisation):
    return SubmissionFactory(
        contest=contest,
        organisation=organisation,
        entered_by="secretariat",
        state="draft",
    )


def where(name, *words):
    return reverse(f"submissions:{name}", args=words)


def page(response):
    return response.content.decode()


def test_an_organisation_is_found_and_its_entry_begun(browser, contest, organisation):
    door = where("enter-for", contest.slug)

    found = page(browser.get(door, {"q": "zasinu"}))
    begun = browser.post(door, {"organisation": organisation.pk})

    assert "Žąsinų" in found
    entry = Submission.objects.get()
    assert (entry.organisation, entry.entered_by) == (organisation, "secretariat")
    assert begun["Location"] == where("entry", entry.pk)
    assert "Nobody acts for it here yet." in page(browser.get(begun["Location"]))


def test_what_it_has_already_is_told_beside(browser, contest, organisation):
    SubmissionFactory(contest=contest, organisation=organisation, state="draft")
    sent = SubmissionFactory(
        contest=contest, organisation=organisation, state="submitted"
    )
    SubmissionFactory(contest=contest, organisation=organisation, state="withdrawn")

    response = browser.get(where("enter-for", contest.slug), {"q": "zasinu"})

    ((_found, begun),) = response.context["found"]
    assert [entry.reference for entry in begun] == ["", sent.reference]


def test_ones_own_organisation_enters_in_its_own_name(browser, contest):
    own = RepresentativeFactory(person=contest.coordinators.get().person)

    answer = browser.post(
        where("enter-for", contest.slug), {"organisation": own.organisation_id}
    )

    assert answer.status_code == 400
    assert "enter in its own name" in page(answer)
    assert not Submission.objects.exists()


def test_rules_without_the_secretariat_are_told_and_kept(organisation):
    document = rulebook.template("lkbs") | {"who_enters": ["owner"]}
    contest = ContestFactory(phase="open", document=document)
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    door = where("enter-for", contest.slug)

    assert b"<form" not in browser.get(door).content.split(b"<main")[1]
    refused = browser.post(door, {"organisation": organisation.pk})

    assert refused.status_code == 400
    assert not Submission.objects.exists()


def test_a_community_that_is_added_is_represented_by_nobody(browser, contest):
    added = browser.post(
        where("add-for", contest.slug),
        {
            "name": "Naujų bendruomenė",
            "kind": "community",
            "email": "naujos@example.org",
            "phone": "+370 600 00002",
        },
    )

    made = Organisation.objects.get()
    assert (made.name, made.phone) == ("Naujų bendruomenė", "+370 600 00002")
    assert not Representative.objects.exists()
    assert "Begin the entry" in page(browser.get(added["Location"]))


def test_its_people_are_asked_once_about_a_version(browser, entry):
    person = RepresentativeFactory(organisation=entry.organisation).person
    ask = where("entry-ask", entry.pk)

    for _ in range(2):
        assert browser.post(ask)["Location"] == where("entry", entry.pk)
    entry.version = 2
    entry.save()
    browser.post(ask)

    assert told(WANTED) == [person.email] * 2
    asked = Event.objects.filter(action="submissions.ask_to_confirm").order_by("at")
    assert [event.details["version"] for event in asked] == [1, 2]


def test_nobody_is_asked_where_nobody_acts(browser, entry):
    refused = browser.post(where("entry-ask", entry.pk))

    assert refused.status_code == 409
    assert "there is nobody to ask" in page(refused)


def test_the_first_person_is_invited_and_asked_in_one(browser, entry):
    form = {"email": "ona@zasinai.example", "name": "Ona", "role": "pirmininkė"}

    browser.post(where("entry-invite", entry.pk), form)

    link = Representative.objects.get(organisation=entry.organisation)
    assert link.person.email == "ona@zasinai.example"
    kinds = Message.objects.filter(to="ona@zasinai.example").values_list(
        "template", flat=True
    )
    assert sorted(kinds) == ["organisations.invited_to_represent", WANTED]
    assert "Ask the organisation to confirm" in page(
        browser.get(where("entry", entry.pk))
    )


def test_an_invitation_that_is_refused_asks_nobody(browser, entry):
    RepresentativeFactory(organisation=entry.organisation)

    refused = browser.post(
        where("entry-invite", entry.pk), {"email": "kita@example.org"}
    )

    assert refused.status_code == 409
    assert told(WANTED) == []


def test_a_signed_paper_lets_the_secretariat_send(browser, entry, contest):
    send = where("entry-send", entry.pk)
    form = SIGNED | {"version": 1, "consents.processing": "on"}
    assert browser.post(send, form).status_code == 409

    recorded = browser.post(
        where("confirm-entry-on-paper", entry.pk), SIGNED | {"reason": "Segtuvas 3"}
    )
    sent = browser.post(send, form)

    assert recorded["Location"] == where("entry", entry.pk)
    assert sent["Location"] == where("receipt", entry.pk)
    assert browser.get(sent["Location"]).status_code == 200
    entry.refresh_from_db()
    assert entry.state == "submitted"
    listed = browser.get(where("manage-entries", contest.slug))
    assert where("manage-entry", entry.pk) in page(listed)


def test_the_lists_lead_to_the_drafts_of_the_secretariat_alone(browser, entry):
    other = SubmissionFactory(contest=entry.contest, state="draft")

    drafts = page(browser.get(where("drafts", entry.contest.slug)))
    entries = page(browser.get(where("manage-entries", entry.contest.slug)))

    for listed in (drafts, entries):
        assert f'"{where("entry", entry.pk)}"' in listed
        assert f'"{where("entry", other.pk)}"' not in listed


def test_a_draft_of_the_secretariat_is_withdrawn_and_restored(browser, entry):
    browser.post(where("entry-withdraw", entry.pk), {"reason": "Du kartus"})
    entry.refresh_from_db()
    assert entry.state == "withdrawn"

    browser.post(where("entry-restore", entry.pk), {"reason": "Vis dėlto"})
    entry.refresh_from_db()
    assert entry.state == "draft"


@pytest.mark.parametrize("count", [1, 3])
def test_the_search_asks_as_much_for_many_as_for_one(
    count, browser, contest, django_assert_num_queries
):
    for number in range(count):
        found = OrganisationFactory(name=f"Rasta {number}", name_search="rasta")
        SubmissionFactory(contest=contest, organisation=found, state="draft")

    with django_assert_num_queries(SEARCH_QUERIES):
        response = browser.get(where("enter-for", contest.slug), {"q": "rasta"})

    assert len(response.context["found"]) == count


SEARCH_QUERIES = 7


def test_the_files_page_offers_the_kind_that_was_meant(browser, entry):
    files = where("entry-files", entry.pk)

    offered = page(browser.get(files, {"kind": "signed_consent"}))
    strange = page(browser.get(files, {"kind": "<b>"}))

    assert '<option value="signed_consent" selected' in offered
    assert '<option value="photo" selected' in strange
