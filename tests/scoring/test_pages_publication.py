"""The pages of publishing, of what takes two persons, and of the audit trail."""

import pytest
from django.urls import reverse

from audit.services import record
from contest import rulebook
from scoring.publication import preview_of
from scoring.selectors import result_of
from submissions.jury import DECLARATION_VERSION
from submissions.models import ImpartialityDeclaration
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    ProposalFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
CODES = [c["code"] for c in rulebook.template("lkbs")["criteria"]]


@pytest.fixture
def contest():
    return ContestFactory(phase="deliberation")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def where(name, contest):
    return reverse(f"scoring:{name}", args=[contest.slug])


def judged(contest, value, **fields):
    entry = SubmissionFactory(contest=contest, **fields)
    juror = contest.jurors.first() or JurorFactory(contest=contest)
    SheetFactory(
        assignment=AssignmentFactory(submission=entry, juror=juror),
        values=dict.fromkeys(CODES, value),
        sent=True,
    )
    return entry


def test_the_preview_names_whom_the_result_awards(contest):
    for value in (9, 9, 7, 3):
        judged(contest, value)

    shown = preview_of(contest)

    ranked = {each.code: each for each in result_of(contest).ranking.lists}
    rules = rulebook.read(contest.rules_in_force.document)
    for (code, places), one in zip(rules.awarded.items(), shown.lists, strict=True):
        awarded = [
            (row.entry, row.place)
            for row in ranked[code].rows
            if row.place is not None and row.place <= places
        ]
        assert [(w.naming.reference, w.place) for w in one.winners] == awarded
    assert len(shown.lists[1].winners) > 1  # one place, shared


def test_where_no_list_awards_places_the_page_says_so_first():
    document = rulebook.template("lkbs") | {"nominations": []}
    contest = ContestFactory(phase="deliberation", document=document)
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    publication = browser.get(where("publication", contest)).content.decode()
    dashboard = browser.get(where("dashboard", contest)).content.decode()

    assert "vietų neskiriama nė viename sąraše" in publication
    assert "vietų neskiriama nė viename sąraše" in dashboard


def test_the_page_says_what_becomes_public_and_what_does_not(contest, browser):
    judged(contest, 9, title="Laimėjęs projektas")
    SubmissionFactory(contest=contest, state="ineligible", title="Netinkamas projektas")

    page = browser.get(where("publication", contest)).content.decode()

    assert "Laimėjęs projektas" in page
    assert "Netinkamas projektas" not in page
    assert contest.jurors.get().person.name not in page


def test_jurors_are_named_only_where_the_rules_say_so():
    document = rulebook.template("lkbs")
    document["visibility"] = {"juror_names": "published", "deliberation": False}
    contest = ContestFactory(phase="deliberation", document=document)
    judged(contest, 9)

    assert preview_of(contest).jurors == (contest.jurors.get().person.name,)


def test_masked_names_are_not_shown(browser, contest):
    contest.masks_organisations = True
    contest.save()
    entry = judged(contest, 9)

    page = browser.get(where("publication", contest)).content.decode()

    assert entry.organisation.name not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    for value in range(count):
        judged(contest, value + 5)

    with django_assert_num_queries(17):
        browser.get(where("publication", contest))


def test_the_preview_names_what_is_not_settled(browser, contest):
    entry = judged(contest, 9)
    page = browser.get(where("publication", contest)).content.decode()
    AssignmentFactory(submission=entry, in_conflict=True)
    for juror in contest.jurors.all():
        ImpartialityDeclaration.objects.create(
            juror=juror, text_version=DECLARATION_VERSION, signed_by="Ona Onaitė"
        )

    after = browser.get(where("publication", contest)).content.decode()

    assert "nepasirašė nešališkumo deklaracijos" in page
    assert "laukia patvirtinimo" not in page
    assert "nepasirašė nešališkumo deklaracijos" not in after
    assert "laukia patvirtinimo" in after


def test_it_is_published_with_one_button_and_taken_back_with_a_reason(contest, browser):
    judged(contest, 9)

    browser.post(where("publication", contest), {"reason": "Komisija nutarė."})
    published = contest.acts.latest("at").kind
    shown = browser.get(where("publication", contest))
    browser.post(where("unpublish", contest), {"reason": "Klaida."})

    assert published == "publish"
    assert where("unpublish", contest) in shown.content.decode()
    assert contest.acts.latest("at").kind == "unpublish"


def test_without_a_reason_nothing_is_published(contest, browser):
    answer = browser.post(where("publication", contest), {"reason": ""})

    assert answer.status_code == 400
    assert contest.acts.latest("at").kind == "close_judging"


def test_who_entered_sees_no_preview(contest):
    entry = judged(contest, 9)
    person = CoordinatorFactory(contest=contest).person
    RepresentativeFactory(organisation=entry.organisation, person=person)

    assert browser_of(person).get(where("publication", contest)).status_code == 404


@pytest.fixture
def of_two():
    document = rulebook.template("lkbs") | {"two_persons": True}
    return ContestFactory(phase="deliberation", document=document)


def test_what_one_proposes_another_confirms(of_two):
    one = browser_of(CoordinatorFactory(contest=of_two).person)
    two = browser_of(CoordinatorFactory(contest=of_two).person)

    one.post(where("publication", of_two), {"reason": "Komisija nutarė."})
    proposal = of_two.proposals.get()
    own = one.post(
        where("proposals", of_two), {"proposal": proposal.pk, "answer": "confirm"}
    )
    two.post(where("proposals", of_two), {"proposal": proposal.pk, "answer": "confirm"})

    assert own.status_code == 409
    assert of_two.acts.latest("at").kind == "publish"


def test_a_proposal_is_declined(of_two):
    proposal = ProposalFactory(contest=of_two)
    browser = browser_of(CoordinatorFactory(contest=of_two).person)

    browser.post(
        where("proposals", of_two), {"proposal": proposal.pk, "answer": "withdraw"}
    )

    proposal.refresh_from_db()
    assert proposal.state == "declined"


def test_the_trail_is_searched_by_act_thing_and_day(contest, browser):
    record("contest.announce", contest, by=None, contest_id=contest.pk, label="viena")
    record("contest.archive", contest, by=None, contest_id=contest.pk, label="kita")
    foreign = ContestFactory()
    record("contest.announce", foreign, by=None, contest_id=foreign.pk, label="svetima")

    def found(**query):
        rows = browser.get(where("audit", contest), query).context["rows"]
        return {row.event.subject_label for row in rows}

    assert found() == {"viena", "kita"}
    assert found(action="contest.announce") == {"viena"}
    assert found(about="KIT") == {"kita"}
    assert found(since="2199-01-01") == set()
    assert found(until="1999-01-01") == set()


def test_the_trail_keeps_its_search_when_pages_are_turned(contest, browser):
    for _number in range(51):
        record("contest.change", contest, by=None, contest_id=contest.pk)

    page = browser.get(where("audit", contest), {"action": "contest.change"})

    assert "?action=contest.change&amp;page=2" in page.content.decode()


def test_a_wrong_day_is_told(contest, browser):
    page = browser.get(where("audit", contest), {"since": "rytoj"})

    assert page.status_code == 200
    assert page.context["form"].errors["since"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_trail_costs_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    for _number in range(count):
        record(
            "contest.change",
            contest,
            by=CoordinatorFactory(contest=contest).person,
            contest_id=contest.pk,
        )

    with django_assert_num_queries(9):
        browser.get(where("audit", contest))
