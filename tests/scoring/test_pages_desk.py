"""The desk tells for each entry what comes next, and until when."""

from html import unescape

import pytest
from django.urls import reverse

from contest import rulebook
from scoring.judging import waiting_for, workload_of
from submissions.preparing import confirm
from tests.factories import (
    AssignmentFactory,
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorExtensionFactory,
    JurorFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return RepresentativeFactory()


def desk(person):
    browser = browser_of(person)
    browser.cookies["django_language"] = "en"
    return browser.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("phase", "fields", "words"),
    [
        ("open", {"state": "draft", "summary": ""}, "Fill in what is missing"),
        ("open", {"state": "draft"}, "Check and send"),
        ("open", {"state": "submitted"}, "Nothing to do: it is sent"),
        ("eligibility", {"state": "returned"}, "Correct it and send it again"),
        ("judging", {"state": "draft"}, "It was not sent, and collection is over"),
        ("published", {"state": "eligible"}, "The results are published"),
    ],
)
def test_what_comes_next_is_told(phase, fields, words, owner):
    SubmissionFactory(
        contest=ContestFactory(phase=phase), organisation=owner.organisation, **fields
    )

    assert words in desk(owner.person)


def test_a_newcomer_is_shown_the_contests_to_enter():
    contest = ContestFactory(phase="open")
    ContestFactory(phase="judging")

    page = desk(UserFactory())

    assert reverse("submissions:enter", args=[contest.slug]) in page
    assert page.count("/enter/") == 1


def test_a_claimant_finds_the_own_draft():
    claim = ClaimFactory()
    entry = SubmissionFactory(
        contest=ContestFactory(phase="open"),
        organisation=claim.organisation,
        created_by_id=claim.person_id,
        state="draft",
    )

    assert reverse("submissions:entry", args=[entry.pk]) in desk(claim.person)


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_much_for_many_as_for_one(
    count, owner, django_assert_max_num_queries
):
    for _ in range(count):
        SubmissionFactory(organisation=owner.organisation)
    browser = browser_of(owner.person)

    with django_assert_max_num_queries(14):
        browser.get("/desk/")


# --- Entries prepared for others ----------------------------------------------


@pytest.fixture
def helper():
    return RepresentativeFactory(organisation__kind="action_group")


@pytest.fixture
def prepared(helper):
    """A draft without a gap that an action group prepares for a community."""
    return SubmissionFactory(
        contest=ContestFactory(phase="open"),
        state="draft",
        entered_by="action_group",
        prepared_by=helper.organisation,
    )


def open_to_groups():
    """A contest whose rules let action groups enter for their communities."""
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "action_group"]}
    return ContestFactory(phase="open", document=document)


def test_an_action_group_is_told_who_must_confirm(helper, prepared):
    page = desk(helper.person)

    assert "Entries that you prepare for others" in page
    assert f"{prepared.organisation} must confirm it" in unescape(page)


def test_an_action_group_is_told_how_much_is_missing(helper, prepared):
    prepared.summary = prepared.success = ""
    prepared.save()

    page = desk(helper.person)

    assert "Fill in what is missing" in page
    assert "2 answers missing" in page
    assert "must confirm it" not in page


def test_the_owner_is_led_to_confirm_and_then_the_group_to_send(helper, prepared):
    owner = RepresentativeFactory(organisation=prepared.organisation)
    confirming = reverse("submissions:entry-confirm", args=[prepared.pk])
    sending = reverse("submissions:entry-send", args=[prepared.pk])
    before = desk(owner.person), desk(helper.person)

    confirm(
        submission=prepared,
        expected_version=prepared.version,
        signed_by="Ona",
        signed_role="pirmininkė",
        by=owner.person,
    )

    assert [confirming in page for page in before] == [True, False]
    assert sending not in before[1]
    assert sending in desk(helper.person)


def test_a_word_for_an_earlier_version_does_not_hold(helper, prepared):
    owner = RepresentativeFactory(organisation=prepared.organisation)
    confirm(
        submission=prepared,
        expected_version=prepared.version,
        signed_by="Ona",
        signed_role="pirmininkė",
        by=owner.person,
    )
    prepared.version += 1
    prepared.save()

    assert "must confirm it" in desk(helper.person)


@pytest.mark.parametrize(("kind", "is_led"), [("action_group", 1), ("community", 0)])
def test_who_may_help_by_the_rules_is_led_to_begin(kind, is_led):
    open_to_groups()
    person = RepresentativeFactory(organisation__kind=kind).person

    assert desk(person).count("Prepare an entry for a community") == is_led


def test_one_own_entry_stands_among_ones_own(helper, owner):
    mine = RepresentativeFactory(person=owner.person, organisation=helper.organisation)
    SubmissionFactory(
        contest=open_to_groups(),
        organisation=owner.organisation,
        entered_by="action_group",
        prepared_by=mine.organisation,
        state="draft",
    )

    assert "You prepare none yet." in desk(owner.person)


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_of_a_group_asks_as_much_for_many_as_for_one(
    count, helper, django_assert_max_num_queries
):
    for _ in range(count):
        SubmissionFactory(
            contest=ContestFactory(phase="open"),
            state="draft",
            entered_by="action_group",
            prepared_by=helper.organisation,
        )
    browser = browser_of(helper.person)

    with django_assert_max_num_queries(14):
        browser.get("/desk/")


# --- Contests that a person judges --------------------------------------------


@pytest.fixture
def juror():
    return JurorFactory(contest=ContestFactory(phase="judging"))


def assigned(juror, **facts):
    entry = SubmissionFactory(contest=juror.contest)
    return AssignmentFactory(juror=juror, submission=entry, **facts)


def test_what_was_sent_waits_no_more(juror):
    assigned(juror)
    SheetFactory(assignment=assigned(juror))
    SheetFactory(assignment=assigned(juror), sent=True)
    assigned(juror, in_conflict=True)

    assert "2 entries to score" in desk(juror.person)


def test_who_sent_everything_has_nothing_to_score(juror):
    SheetFactory(assignment=assigned(juror), sent=True)

    page = desk(juror.person)

    assert "to score</p>" not in page
    assert "Nothing to score just now." in page


def test_the_desk_counts_what_the_list_of_sheets_lists(juror):
    own = RepresentativeFactory(person=juror.person).organisation
    mine = SubmissionFactory(contest=juror.contest, organisation=own)
    AssignmentFactory(juror=juror, submission=mine)
    SheetFactory(assignment=assigned(juror), sent=True)
    assigned(juror)

    counts = workload_of(juror.contest, juror.person).counts

    assert waiting_for(juror.person) == {
        juror.contest_id: counts.assigned - counts.sent
    }
    assert counts.assigned - counts.sent == 1


@pytest.mark.parametrize(("phase", "is_told"), [("eligibility", 0), ("judging", 1)])
def test_before_judging_no_number_is_told(phase, is_told):
    juror = JurorFactory(contest=ContestFactory(phase=phase))
    assigned(juror)

    assert desk(juror.person).count("1 entry to score") == is_told


@pytest.mark.parametrize(("coordinates", "is_told"), [(False, 1), (True, 0)])
def test_who_has_more_time_is_told_what_waits(coordinates, is_told):
    juror = JurorFactory(contest=ContestFactory(phase="deliberation"))
    assigned(juror)
    JurorExtensionFactory(juror=juror)
    if coordinates:  # sees everybody's scores by now, and scores no more
        CoordinatorFactory(contest=juror.contest, person=juror.person)

    assert desk(juror.person).count("1 entry to score") == is_told


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_of_a_juror_asks_as_much_for_many_as_for_one(
    count, django_assert_max_num_queries
):
    person = UserFactory()
    for _ in range(count):
        assigned(JurorFactory(contest=ContestFactory(phase="judging"), person=person))
    browser = browser_of(person)

    with django_assert_max_num_queries(16):
        browser.get("/desk/")
