"""The jury's words of praise: who writes them, when, and that none are lost."""

import pytest

from config.demo.seeding import Size, seed_contest
from core.errors import Invalid, NotYours, Stale
from scoring.citing import write_citation
from scoring.models import Citation
from submissions.models import Submission
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    """Judged and closed."""
    size = Size(entries=4, jurors=3, criteria=3, share=1.0)
    return seed_contest(slug="praised", size=size, seed=2).contest


@pytest.fixture
def coordinator(contest):
    return contest.coordinators.get().person


def write(contest, by, text="Už drąsą.", version=0, nomination="best"):
    return write_citation(
        contest=contest,
        nomination=nomination,
        submission=Submission.objects.filter(contest=contest).order_by("reference")[0],
        text=text,
        expected_version=version,
        by=by,
    )


def test_words_are_kept_with_their_version(contest, coordinator):
    write(contest, coordinator)

    assert write(contest, coordinator, "Už sumanumą.", version=1).version == 2
    assert Citation.objects.get().text == "Už sumanumą."


def test_words_written_in_between_are_told_not_overwritten(contest, coordinator):
    write(contest, coordinator)

    with pytest.raises(Stale, match=r"Už drąsą\."):
        write(contest, CoordinatorFactory(contest=contest).person, "Kitaip.")
    assert Citation.objects.get().text == "Už drąsą."


def test_a_member_of_the_panel_writes_none_but_its_chair_does(contest):
    member = JurorFactory(contest=contest).person
    chair = JurorFactory(contest=contest, role="chair").person

    with pytest.raises(NotYours):
        write(contest, member)
    assert write(contest, chair).version == 1


def test_a_nomination_that_is_not_there_is_refused(contest, coordinator):
    with pytest.raises(Invalid):
        write(contest, coordinator, nomination="fastest")


def test_the_page_shows_who_would_win_and_keeps_what_was_typed(contest, coordinator):
    browser = browser_of(coordinator)
    here = f"/contests/{contest.slug}/manage/citations/"

    listed = browser.get(here).content.decode()
    first = Submission.objects.filter(contest=contest).order_by("reference")[0]
    one = f"{here}best/{first.reference}/"
    saved = browser.post(one, {"text": "Už drąsą.", "version": "0"})
    stale = browser.post(one, {"text": "Kitaip.", "version": "0"})

    assert "Projektas Nr. 1" in listed
    assert saved["Location"] == here
    assert stale.status_code == 412
    assert "Kitaip." in stale.content.decode()
    assert "Už drąsą." in stale.content.decode()


def test_the_page_is_nobody_elses(contest):
    stranger = browser_of(UserFactory())

    assert (
        stranger.get(f"/contests/{contest.slug}/manage/citations/").status_code == 404
    )


def test_what_is_typed_too_early_about_an_entry_that_is_not_there_is_refused():
    early = ContestFactory(phase="announced")
    person = browser_of(CoordinatorFactory(contest=early).person)

    answer = person.post(
        f"/contests/{early.slug}/manage/citations/best/none/", {"text": "Už drąsą."}
    )

    assert answer.status_code == 403
