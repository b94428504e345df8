"""The coordinator's list of entries, and one entry with all that is done to it."""

from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from contest import rulebook
from core import clock
from submissions.models import Submission
from tests.factories import (
    AssignmentFactory,
    AttachmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

MET = {"leader_project": True, "implemented": True, "applicant": True}


@pytest.fixture
def contest():
    return ContestFactory(phase="eligibility")


@pytest.fixture
def person(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def browser(person):
    return browser_of(person)


def where(contest, **query):
    address = reverse("submissions:manage-entries", args=[contest.slug])
    return address, query


def references(response):
    return [row["entry"].reference for row in response.context["rows"]]


def page_of(entry, name="manage-entry"):
    return reverse(f"submissions:{name}", args=[entry.pk])


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_list_takes_the_same_queries_however_long(
    count, language, contest, browser, django_assert_num_queries
):
    for _ in range(count):
        entry = SubmissionFactory(contest=contest, state="submitted")
        AttachmentFactory(submission=entry)
    browser.post(
        reverse("submissions:entry-columns", args=[contest.slug]),
        {"columns": ["organisation", "files", "jurors", "total", "nominations"]},
    )

    with django_assert_num_queries(LIST_QUERIES):
        response = browser.get(where(contest)[0], headers={"accept-language": language})

    assert len(response.context["rows"]) == count


LIST_QUERIES = 11


def test_words_are_found_whatever_their_letters(contest, browser):
    found = SubmissionFactory(contest=contest, state="submitted", title="Šilelio takas")
    named = SubmissionFactory(
        contest=contest,
        state="submitted",
        organisation=OrganisationFactory(
            name="Šilelio bendruomenė", name_search="silelio bendruomene"
        ),
    )
    SubmissionFactory(contest=contest, state="submitted", title="Kita")

    response = browser.get(where(contest)[0], {"q": "SILELIO"})

    assert references(response) == [found.reference, named.reference]


def test_the_list_is_narrowed_and_turned_round(contest, browser):
    first = SubmissionFactory(contest=contest, state="submitted")
    SubmissionFactory(contest=contest, state="eligible")
    last = SubmissionFactory(contest=contest, state="submitted")

    address, query = where(contest, state="submitted", order="-reference")
    response = browser.get(address, query)

    assert references(response) == [last.reference, first.reference]


@pytest.mark.parametrize(
    "query", [{"state": "no"}, {"order": "pk; drop"}, {"page": "x"}, {"q": "\x00"}]
)
def test_a_strange_address_still_shows_the_list(query, contest, browser):
    SubmissionFactory(contest=contest, state="submitted")

    assert browser.get(where(contest)[0], query).status_code == 200


def test_what_is_closed_to_a_person_is_not_in_the_list(contest, person, browser):
    shown = SubmissionFactory(contest=contest, state="submitted")
    own = SubmissionFactory(contest=contest, state="submitted")
    RepresentativeFactory(person=person, organisation=own.organisation)
    conflict = SubmissionFactory(contest=contest, state="submitted")
    AssignmentFactory(
        submission=conflict,
        juror__contest=contest,
        juror__person=person,
        juror__removed_at=clock.now(),
        in_conflict=True,
    )
    SubmissionFactory(contest=contest, state="draft")

    assert references(browser.get(where(contest)[0])) == [shown.reference]


def choose(browser, contest, *columns):
    where = reverse("submissions:entry-columns", args=[contest.slug])
    return browser.post(where, {"columns": columns})


def columns_in(browser, contest):
    heads = browser.get(where(contest)[0]).context["heads"]
    return [head["column"].code for head in heads]


def test_columns_are_kept_for_their_person_past_signing_out(contest, person, browser):
    choose(browser, contest, "files", "jurors")
    choose(browser, contest, "total", "organisation")
    browser.post(reverse("accounts:sign-out"))

    assert columns_in(browser_of(person), contest) == ["organisation", "total"]


def test_columns_of_one_are_not_those_of_another(contest, browser):
    choose(browser, contest, "total")
    colleague = browser_of(CoordinatorFactory(contest=contest).person)

    assert columns_in(browser, contest) == ["total"]
    assert len(columns_in(colleague, contest)) > 1


def test_columns_of_one_contest_are_not_those_of_another(contest, person, browser):
    other = CoordinatorFactory(
        contest=ContestFactory(phase="judging"), person=person
    ).contest
    choose(browser, contest, "total")

    assert len(columns_in(browser, other)) > 1


def test_a_list_may_have_no_further_columns(contest, browser):
    choose(browser, contest)

    assert columns_in(browser, contest) == []


def test_ticked_entries_become_eligible_where_the_checklist_is_complete(
    contest, browser
):
    ready = SubmissionFactory(contest=contest, state="submitted", checks=MET)
    not_ready = SubmissionFactory(contest=contest, state="submitted")
    not_ticked = SubmissionFactory(contest=contest, state="submitted", checks=MET)

    response = browser.post(
        reverse("submissions:decide-entries", args=[contest.slug]),
        {"entry": [ready.pk, not_ready.pk]},
        follow=True,
    )

    states = [
        Submission.objects.get(pk=e.pk).state for e in (ready, not_ready, not_ticked)
    ]
    assert states == ["eligible", "submitted", "submitted"]
    assert not_ready.reference in response.content.decode().split("</table>")[0]


def test_an_entry_of_another_contest_is_not_decided(contest, browser):
    other = SubmissionFactory(
        contest=ContestFactory(phase="eligibility"), state="submitted", checks=MET
    )

    browser.post(
        reverse("submissions:decide-entries", args=[contest.slug]), {"entry": other.pk}
    )

    assert Submission.objects.get(pk=other.pk).state == "submitted"


def test_ticked_entries_go_to_everybody_who_votes(contest, browser):
    entry = SubmissionFactory(contest=contest, state="eligible")
    voting = JurorFactory(contest=contest)
    JurorFactory(contest=contest, role="secretary")

    browser.post(
        reverse("submissions:assign-entries", args=[contest.slug]), {"entry": entry.pk}
    )

    assert [a.juror for a in entry.assignments.all()] == [voting]


def test_ticked_entries_go_only_to_the_group_that_judges_them():
    document = rulebook.template("lkbs")
    best, *others = document["nominations"]
    document["nominations"] = [best | {"entries": "chosen", "panel": "x"}, *others]
    contest = ContestFactory(phase="eligibility", document=document)
    chosen = {"nominations": [best["code"]]}
    entry = SubmissionFactory(contest=contest, state="eligible", **chosen)
    inside = JurorFactory(contest=contest, groups=["x"])
    JurorFactory(contest=contest)
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    browser.cookies["django_language"] = "en"
    where = reverse("submissions:assign-entries", args=[contest.slug])

    browser.post(where, {"entry": entry.pk})
    given = [a.juror for a in entry.assignments.all()]
    inside.groups = []
    inside.save()
    told = browser.post(where, {"entry": entry.pk}, follow=True).content.decode()

    assert given == [inside]
    assert f"Too few jurors may score: {entry.reference}" in told


def test_nothing_ticked_is_told(contest, browser):
    response = browser.post(
        reverse("submissions:assign-entries", args=[contest.slug]),
        follow=True,
        headers={"accept-language": "en"},
    )

    assert "Tick the entries first." in response.content.decode()


# --- What the list is narrowed to -------------------------------------------------


def sent_with(contest, **told):
    """An entry that was sent; of its document, this was told."""
    entry = SubmissionFactory(contest=contest, state=told.pop("state", "eligible"))
    content = entry.current_version.content
    content.document = content.document | told
    content.save()
    return entry


def found_by(browser, contest, **query):
    return references(browser.get(where(contest)[0], query))


def choosing(*codes):
    """The rules of a contest in which entrants choose among these nominations."""
    document = rulebook.template("lkbs")
    first = document["nominations"][0]
    chosen = [first | {"code": code, "entries": "chosen"} for code in codes]
    return document | {"nominations": [*document["nominations"], *chosen]}


def test_the_list_is_narrowed_to_a_nomination(person):
    contest = ContestFactory(phase="judging", document=choosing("youth", "youth_old"))
    CoordinatorFactory(contest=contest, person=person)
    sent_with(contest, nominations=["youth_old"])
    both = sent_with(contest, nominations=["youth_old", "youth"])
    browser = browser_of(person)

    assert found_by(browser, contest, nomination="youth") == [both.reference]
    assert len(found_by(browser, contest, nomination="best")) == 2  # not chosen: no use


def test_the_list_is_narrowed_to_where_entries_come_from(contest, browser):
    here, there = sent_with(contest), sent_with(contest, action_group="Dzūkijos VVG")
    here.organisation.municipality, there.organisation.municipality = "41", "57"
    for entry in (here, there):
        entry.organisation.save()

    assert found_by(browser, contest, municipality="41") == [here.reference]
    assert found_by(browser, contest, action_group="Dzūkijos VVG") == [there.reference]
    offered = browser.get(where(contest)[0]).context["form"].fields
    assert ("Dzūkijos VVG",) * 2 in list(offered["action_group"].choices)
    assert "nomination" not in offered


def test_the_list_is_narrowed_by_the_checklist(contest, browser):
    ready = SubmissionFactory(contest=contest, state="submitted", checks=MET)
    begun = SubmissionFactory(
        contest=contest, state="submitted", checks=MET | {"applicant": False}
    )

    assert found_by(browser, contest, checklist="complete") == [ready.reference]
    assert found_by(browser, contest, checklist="open") == [begun.reference]


@pytest.fixture
def judged(person):
    document = rulebook.template("lkbs") | {"jurors_per_entry": 2}
    contest = ContestFactory(phase="judging", document=document)
    CoordinatorFactory(contest=contest, person=person)
    return contest


def test_the_list_is_narrowed_to_what_too_few_judge_or_scored(judged, browser):
    scored, waits, few = (SubmissionFactory(contest=judged) for _ in range(3))
    for entry, is_sent in ((scored, True), (waits, False)):
        for _ in range(2):
            pair = AssignmentFactory(submission=entry)
            SheetFactory(assignment=pair, sent=is_sent)
    AssignmentFactory(submission=few)
    AssignmentFactory(submission=few, in_conflict=True)

    assert found_by(browser, judged, few="jurors") == [few.reference]
    assert found_by(browser, judged, few="scores") == [waits.reference, few.reference]


def test_who_may_not_see_how_judging_goes_cannot_look_for_it(judged):
    SubmissionFactory(contest=judged)
    seat = JurorFactory(contest=judged)
    CoordinatorFactory(contest=judged, person=seat.person)  # judges, too

    response = browser_of(seat.person).get(where(judged)[0], {"few": "scores"})

    assert "few" not in response.context["form"].fields


def test_what_was_found_is_counted_and_kept_on_the_way(contest, browser):
    for _ in range(51):
        SubmissionFactory(contest=contest, state="submitted")
    SubmissionFactory(contest=contest, state="eligible")
    address, query = where(contest, state="submitted", checklist="open")

    page = browser.get(address, query, headers={"accept-language": "en"})
    text = unescape(page.content.decode())
    kept = f"{urlencode(query)}&page=2"
    second = browser.get(f"{address}?{kept}")
    table = reverse("exports:ticked-table", args=[contest.slug])
    made = browser.post(
        f"{table}?{kept}", {"entry": second.context["rows"][0]["entry"].pk}
    )
    nothing = browser.post(f"{table}?{kept}")
    files = unescape(browser.get(made["Location"]).content.decode())

    assert "51 entries found" in text
    assert f"?{kept}" in text
    assert (
        f'action="{reverse("submissions:decide-entries", args=[contest.slug])}?' in text
    )
    assert len(second.context["rows"]) == 1
    assert f'{table}?{kept}"' in unescape(second.content.decode())
    assert f'href="{address}?{kept}"' in files
    assert nothing["Location"] == f"{address}?{kept}"


# --- One entry ----------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_an_entry_takes_the_same_queries_whatever_befell_it(
    count, contest, browser, django_assert_num_queries
):
    entry = SubmissionFactory(contest=contest, state="submitted")
    for number in range(count):
        AttachmentFactory(submission=entry, position=number + 1)
        browser.post(page_of(entry, "withdraw-entry"), {"reason": "Klaida"})
        browser.post(page_of(entry, "restore-entry"), {"reason": "Klaida"})

    with django_assert_num_queries(ENTRY_QUERIES):
        response = browser.get(page_of(entry))

    assert len(response.context["life"]) == 2 * count


ENTRY_QUERIES = 26


def test_the_contact_is_shown_where_the_matrix_opens_it():
    entry = SubmissionFactory(contest__phase="judging")
    coordinator = CoordinatorFactory(contest=entry.contest).person
    secretary = JurorFactory(contest=entry.contest, role="secretary").person

    pages = [
        browser_of(who).get(page_of(entry)).content.decode()
        for who in (coordinator, secretary)
    ]

    assert ["ona@example.org" in page for page in pages] == [True, False]


def test_the_checklist_is_saved_requirement_by_requirement(contest, browser, person):
    entry = SubmissionFactory(contest=contest, state="submitted")

    browser.post(
        page_of(entry, "checklist"),
        {"met_implemented": "yes", "met_applicant": "no", "note_applicant": "UAB"},
    )

    entry.refresh_from_db()
    assert entry.checks == {"implemented": True, "applicant": False}
    page = browser.get(page_of(entry)).content.decode()
    assert "UAB" in page
    assert person.name in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_checklist_takes_the_same_queries_however_often_it_was_saved(
    count, contest, browser, django_assert_num_queries
):
    entry = SubmissionFactory(contest=contest, state="submitted")
    for number in range(count):
        met = "yes" if number % 2 else "no"
        sent = {"met_implemented": met, "met_applicant": met}
        browser.post(page_of(entry, "checklist"), sent)

    with django_assert_num_queries(CHECKLIST_QUERIES):
        browser.get(page_of(entry, "checklist"))

    assert entry.requirement_checks.count() == 2 * count


CHECKLIST_QUERIES = 10


def test_saving_an_unchanged_checklist_adds_nothing_to_the_record(contest, browser):
    entry = SubmissionFactory(contest=contest, state="submitted")
    sent = {"met_implemented": "yes"}
    browser.post(page_of(entry, "checklist"), sent)

    browser.post(page_of(entry, "checklist"), sent)

    assert entry.requirement_checks.count() == 1


def test_a_refused_decision_keeps_what_was_typed(contest, browser):
    entry = SubmissionFactory(contest=contest, state="submitted")

    response = browser.post(
        page_of(entry, "decide-entry"), {"eligible": "yes", "reason": "Viskas gerai"}
    )

    assert response.status_code == 400
    assert "Viskas gerai" in response.content.decode()
    assert Submission.objects.get(pk=entry.pk).state == "submitted"


def test_an_entry_is_found_not_eligible_with_a_reason(contest, browser):
    entry = SubmissionFactory(contest=contest, state="submitted")

    browser.post(
        page_of(entry, "decide-entry"), {"eligible": "no", "reason": "Ne LEADER"}
    )

    entry.refresh_from_db()
    assert (entry.state, entry.decision_reason) == ("ineligible", "Ne LEADER")


def test_an_entry_is_given_back_until_an_hour_of_the_contest(contest, browser):
    entry = SubmissionFactory(contest=contest, state="submitted")
    day = f"{clock.now() + timedelta(days=40):%Y-%m-%d}"

    browser.post(
        page_of(entry, "return-entry"),
        {"reason": "Patikslinkite", "fields_asked": ["title"], "until": f"{day}T12:00"},
    )

    entry.refresh_from_db()

    assert entry.state == "returned"
    assert entry.returned_fields == ["title"]
    assert entry.returned_until.hour in {9, 10}  # 12:00 in Vilnius


def test_a_draft_is_extended_without_being_read(contest, browser):
    draft = SubmissionFactory(contest=contest, state="draft", title="Slapta")
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"

    page = browser.get(page_of(draft, "extend-entry")).content.decode()
    browser.post(
        page_of(draft, "extend-entry"), {"until": f"{day}T12:00", "reason": "Liga"}
    )

    draft.refresh_from_db()
    assert draft.extended_until is not None
    assert "Slapta" not in page
