"""The pages of a panel, of coordinators and auditors, of requests to represent."""

import re

import pytest
from django.urls import reverse

from contest.models import Juror
from tests.factories import (
    AuditorFactory,
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RulebookVersionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def where(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def code_in(response):
    found = re.search(
        r"<strong class=\"lead\">(.+?)</strong>", response.content.decode()
    )
    return found and found[1]


def test_a_juror_is_invited_and_the_code_shown_once(contest, browser):
    sent = {"email": "nauja@example.org", "name": "Nauja Narė", "role": "member"}

    told = browser.post(where("panel", contest), sent)
    panel = browser.get(where("panel", contest)).content.decode()

    assert contest.jurors.get().person.email == "nauja@example.org"
    assert code_in(told)
    assert code_in(told) not in panel
    assert "Nauja Narė" in panel


def test_who_has_an_account_gets_no_code_told(contest, browser):
    known = UserFactory(last_login=contest.created_at)

    told = browser.post(
        where("panel", contest), {"email": known.email, "role": "member"}
    )

    assert told.status_code == 200
    assert code_in(told) is None


def test_a_second_chair_is_refused_with_what_was_typed(contest, browser):
    JurorFactory(contest=contest, role="chair")

    answer = browser.post(
        where("panel", contest), {"email": "kita@example.org", "role": "chair"}
    )

    assert answer.status_code == 409
    assert 'value="kita@example.org"' in answer.content.decode()
    assert contest.jurors.count() == 1


def test_a_seat_goes_through_its_whole_life(contest, browser):
    seat = JurorFactory(contest=contest)
    because = {"reason": "Taip nutarta."}

    browser.post(where("seat-role", contest, seat.pk), {**because, "role": "chair"})
    browser.post(
        where("seat-remove", contest, seat.pk), {**because, "exclude_scores": "exclude"}
    )
    removed = Juror.objects.get(pk=seat.pk)
    stand_in = JurorFactory(contest=contest, role="substitute")
    browser.post(
        where("seat-activate", contest, stand_in.pk),
        {**because, "replaces": str(seat.pk)},
    )
    stand_in.refresh_from_db()

    assert (removed.role, removed.scores_excluded) == ("chair", True)
    assert stand_in.replaces_id == seat.pk
    assert stand_in.votes


def test_groups_are_asked_for_where_nominations_have_them(contest, browser):
    seat = JurorFactory(contest=contest)
    without = browser.get(where("panel", contest)).content.decode()
    document = contest.rules_in_force.document
    document["nominations"][0]["panel"] = "ministry"
    contest.rulebook = RulebookVersionFactory(
        contest=contest, document=document, number=2
    )
    contest.save()

    browser.post(
        where("seat-role", contest, seat.pk),
        {"reason": "Ministerijos narys.", "role": "member", "groups": ["ministry"]},
    )
    shown = browser.get(where("panel", contest)).content.decode()

    seat.refresh_from_db()
    assert seat.groups == ["ministry"]
    assert 'name="groups"' not in without
    assert '<span class="chip">ministry</span>' in shown


def test_a_removed_juror_is_restored(contest, browser):
    seat = JurorFactory(contest=contest, removed_at=contest.created_at)

    browser.post(where("seat-restore", contest, seat.pk), {"reason": "Klaida."})

    seat.refresh_from_db()
    assert seat.removed_at is None


def test_a_planned_seat_is_invited(contest, browser):
    seat = JurorFactory(contest=contest, invited_at=None)

    told = browser.post(where("seat-invite", contest, seat.pk))

    seat.refresh_from_db()
    assert seat.invited_at is not None
    assert code_in(told)


@pytest.mark.parametrize("act", ["seat-role", "seat-remove", "seat-invite"])
def test_a_seat_of_another_contest_is_not_there(act, contest, browser):
    foreign = JurorFactory()

    assert browser.get(where(act, contest, foreign.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_costs_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    JurorFactory.create_batch(count, contest=contest)

    with django_assert_num_queries(6):
        browser.get(where("panel", contest))


def test_a_coordinator_is_added_and_removed(contest, browser):
    told = browser.post(where("add-coordinator", contest), {"email": "b@example.org"})
    added = contest.coordinators.get(person__email="b@example.org")
    browser.post(where("remove-coordinator", contest, added.pk), {"reason": "Išėjo."})

    assert code_in(told)
    assert not contest.coordinators.filter(pk=added.pk).exists()


def test_the_last_coordinator_stays_and_it_is_told(contest, browser):
    last = contest.coordinators.get()

    answer = browser.post(
        where("remove-coordinator", contest, last.pk), {"reason": "Išeinu."}
    )

    assert answer.status_code == 409
    assert "Išeinu." in answer.content.decode()


def test_an_auditor_is_named_for_a_time_and_ended(contest, browser):
    sent = {"email": "a@example.org", "reason": "Patikra", "until": "2026-12-01T12:00"}
    far = browser.post(
        where("add-auditor", contest), sent | {"until": "2199-01-01T10:00"}
    )
    named = AuditorFactory(contest=contest)

    browser.post(where("end-auditor", contest, named.pk), {"reason": "Baigta."})

    named.refresh_from_db()
    assert far.status_code == 400
    assert "until" in far.context["form"].errors
    assert named.ended_at is not None


def test_a_request_to_represent_is_answered(contest, browser):
    claim = ClaimFactory(message="Esu pirmininkė")

    listed = browser.get(where("claims", contest)).content.decode()
    shown = browser.get(where("claim", contest, claim.pk)).content.decode()
    browser.post(where("claim", contest, claim.pk), {"approve": "yes"})

    claim.refresh_from_db()
    assert claim.organisation.name.replace("„", "") in listed.replace("„", "")
    assert "Esu pirmininkė" in shown
    assert claim.state == "approved"


@pytest.mark.parametrize("count", [1, 3])
def test_requests_cost_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    ClaimFactory.create_batch(count)

    with django_assert_num_queries(7):
        browser.get(where("claims", contest))
