"""Awards beside the places as pages: given, told before publishing, read by all."""

import json

import pytest
from django.utils.translation import override

from scoring.models import FrozenResult, SpecialAward
from tests.policy.pages import browser_of
from tests.scoring.honoured import (
    describe,
    entry,
    give,
    honoured_contest,
    person_of,
    publish,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return honoured_contest()


def test_the_page_gives_shows_and_takes_back(contest):
    browser = browser_of(person_of(contest))
    here = f"/contests/{contest.slug}/manage/special-awards/"
    sent = {"award": "sponsors", "reference": entry(contest, 1).reference}

    assert here in browser.get(here.replace("special-awards", "citations")).text
    given = browser.post(here, {**sent, "citation": "Už šviesą."})
    shown = browser.get(here).text
    refused = browser.post(here, {**sent, "citation": "Kitaip."})
    back = f"{here}{SpecialAward.objects.get().pk}/take-back/"
    unsaid = browser.post(back, {"reason": ""})
    taken = browser.post(back, {"reason": "Apsirikta."})

    assert (given["Location"], taken["Location"]) == (here, here)
    assert "Už šviesą." in shown
    assert "UAB „Šviesa“" in shown
    assert (refused.status_code, unsaid.status_code) == (409, 400)
    assert "Kitaip." in refused.text
    assert not SpecialAward.objects.exists()


def test_the_page_tells_that_the_rules_have_none(contest):
    describe(contest, [])

    with override("en"):
        shown = browser_of(person_of(contest)).get(
            f"/contests/{contest.slug}/manage/special-awards/",
            headers={"Accept-Language": "en"},
        )
    assert "The rules of this edition have no special awards." in shown.text


def test_the_publication_page_names_what_becomes_public(contest):
    give(contest, 1, "sponsors")
    give(contest, 2)
    withdraw(contest, 2)

    shown = browser_of(person_of(contest)).get(
        f"/contests/{contest.slug}/manage/publication/",
        headers={"Accept-Language": "en"},
    )

    assert "The sponsor&#x27;s prize: Projektas Nr. 1" in shown.text
    assert "would not be published: Highly commended" in shown.text


def test_a_coordinator_who_was_told_publishes_without_the_awards_that_lapsed(contest):
    give(contest)
    withdraw(contest, 1)
    browser = browser_of(person_of(contest))
    here = f"/contests/{contest.slug}/manage/publication/"
    reason = {"reason": "Taip nutarta."}

    untold = browser.post(here, reason)
    told = browser.get(here).context["told"]
    done = browser.post(here, {**reason, "told": told})

    assert (untold.status_code, done.status_code) == (409, 302)
    assert f'name="told" value="{told}"' in untold.text
    written = json.loads(FrozenResult.objects.filter(contest=contest)[0].text)
    assert "special_awards" not in written


def test_the_public_reads_who_was_given_what(contest, client):
    give(contest, 1, "sponsors", citation="Už šviesą.")
    publish(contest)

    shown = client.get(
        f"/contests/{contest.slug}/results/", headers={"Accept-Language": "lt"}
    ).text
    result = client.get(f"/api/v1/contests/{contest.slug}/result/").json()

    for words in ("Rėmėjo prizas", "UAB „Šviesa“", "Už šviesą kaime.", "Už šviesą."):
        assert words in shown
    assert result["document"]["special_awards"] == {
        "sponsors": [entry(contest, 1).reference]
    }
