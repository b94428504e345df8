"""Every contest of the field, from its rules to its files, wholly through the API."""

from decimal import Decimal

import pytest

from tests.api import Person
from tests.contest.siblings import SIBLINGS
from tests.factories import UserFactory
from tests.journeys import stories_abroad, stories_at_home
from tests.journeys.steps import (
    act,
    announce,
    assign,
    begin,
    change,
    close_collection,
    confirm,
    decide,
    exported,
    invite_juror,
    new_coordinator,
    ok,
    publish,
    ranked,
    register,
    represent,
    score,
    send,
)

pytestmark = pytest.mark.django_db(transaction=True)

SLUG = "sibling"
STORIES = {
    tell.__name__: tell for tell in (*stories_at_home.STORIES, *stories_abroad.STORIES)
}
#: One with nominations of its own, one whose places are counted; the rest take longer.
QUICK = ("agency", "aasta_kula")
HELPERS = {"action_group": "action_group", "nominator": "ngo"}


class Edition:
    """A contest under way, and who takes part in it."""

    def __init__(self, name):
        self.story = STORIES[name]()
        self.document = SIBLINGS[name]()
        self.coordinator = new_coordinator()
        announce(
            self.coordinator,
            SLUG,
            template="commission_100",
            document=self.document,
        )
        self.organisations, self.people, self.drafts = {}, {}, {}

    def organisation(self, entry):
        """Find the organisation of an entry; one that enters again has it already."""
        title = entry.of or entry.title
        if title not in self.organisations:
            known = register(self.coordinator, f"Organisation {title}", **entry.home)
            self.organisations[title] = known
        return self.organisations[title]

    def person(self, name, organisation):
        """Sign in whoever acts for an organisation."""
        if name not in self.people:
            email = f"{name.lower()}@example.org"
            self.people[name] = represent(self.coordinator, SLUG, organisation, email)
        return self.people[name]

    def author(self, entry):
        """Tell who writes an entry, and as what it is begun."""
        if entry.by == "owner":
            owner = self.organisation(entry)
            return self.person(entry.of or entry.title, owner), {}
        if entry.by == "secretariat":
            return self.coordinator, {"entered_by": entry.by}
        if entry.by == "person":  # of no organisation
            self.people.setdefault(entry.by, Person(UserFactory()))
            return self.people[entry.by], {"entered_by": "nominator"}
        if entry.by not in self.organisations:
            kind = HELPERS[entry.by]
            made = register(self.coordinator, f"Helper {kind}", kind=kind)
            self.organisations[entry.by] = made
        helper = self.organisations[entry.by]
        person = self.person(entry.by, helper)
        return person, {"entered_by": entry.by, "prepared_by": helper}

    def enter(self, entry):
        """Begin, fill in and send an entry; yield each step with its answer."""
        author, wish = self.author(entry)
        owner = self.organisation(entry)
        answer = begin(author, SLUG, owner, title="Juodraštis", **wish)
        yield "begin", answer
        draft = answer.json()
        told = {"title": entry.title, "summary": "Kas padaryta", **entry.said}
        answer = change(author, draft, **told)
        yield "save", answer
        draft = answer.json()
        if entry.by != "owner":
            confirm(self.person(entry.title, owner), draft)
        yield "send", send(author, draft)
        self.drafts[entry.title] = draft["id"]

    def values(self, title, number):
        """Find what a juror gives an entry, by criterion."""
        entry = next(e for e in self.story.entries if e.title == title)
        codes = entry.criteria or [c["code"] for c in self.document["criteria"]]
        return dict(zip(codes, entry.sheets[number], strict=True))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)
        for name in SIBLINGS
    ],
)
def test_a_sibling_contest_runs_from_its_rules_to_its_files(name):
    edition = Edition(name)
    story, coordinator = edition.story, edition.coordinator

    record_history(edition)
    enter_all(edition)
    refuse_all(edition)
    close_collection(coordinator, SLUG)
    check_all(edition)
    judge_all(edition)

    lists = {code: ranked(coordinator, SLUG, code) for code in story.places}
    assert lists == {code: list(rows) for code, rows in story.places.items()}
    publish(coordinator, SLUG)
    assert winners(edition) == sorted(story.won)
    assert in_file(edition) == lists


def record_history(edition):
    for year, place, title in edition.story.history:
        entries = [*edition.story.entries, *(r.entry for r in edition.story.refused)]
        entry = next((e for e in entries if e.title == title), None)
        winner = (
            edition.organisation(entry)
            if entry
            else register(edition.coordinator, f"Organisation {title}")
        )
        award = {
            "organisation": winner,
            "edition": year,
            "year": int(year),
            "nomination": "overall",
            "place": place,
        }
        ok(edition.coordinator.post(f"contests/{SLUG}/awards/", award, "json"), 201)


def enter_all(edition):
    for entry in edition.story.entries:
        for step, answer in edition.enter(entry):
            assert answer.status_code < 400, (entry.title, step, answer.json())


def refuse_all(edition):
    """Let each of those fail where it is said, for the reason that is said."""
    for refused in edition.story.refused:
        steps = edition.enter(refused.entry)
        step, answer = next(s for s in steps if s[1].status_code >= 400)
        told = answer.json()
        reasons = {told.get("code"), *(e["field"] for e in told.get("errors", ()))}
        names = reasons | {str(r).rpartition(".")[2] for r in reasons}
        assert (step, refused.why in names) == (refused.at, True), told


def check_all(edition):
    requirements = [r["code"] for r in edition.document.get("eligibility", ())]
    for entry in edition.story.entries:
        checks = {code: code != entry.unmet for code in requirements}
        decide(
            edition.coordinator,
            edition.drafts[entry.title],
            eligible=not entry.unmet,
            reason="Neatitinka nuostatų." if entry.unmet else "",
            **checks,
        )


def judge_all(edition):
    coordinator = edition.coordinator
    jurors = [
        invite_juror(coordinator, SLUG, number, **seat)
        for number, seat in enumerate(edition.story.jurors)
    ]
    assign(coordinator, SLUG, everything=True)
    act(coordinator, SLUG, "open_judging")
    for number, juror in enumerate(jurors):
        score(juror, lambda title, at=number: edition.values(title, at))
    act(coordinator, SLUG, "close_judging")


def winners(edition):
    """List the awards of this edition as list, place and title of the entry."""
    titles = {owner: title for title, owner in edition.organisations.items()}
    awards = ok(edition.coordinator.get(f"contests/{SLUG}/awards/"))["results"]
    return sorted(
        (a["nomination"], a["place"], titles[a["organisation"]["id"]])
        for a in awards
        if a["edition"] == "2026"
    )


def in_file(edition):
    """Read the lists of the story back from the workbook."""
    titles = {
        n["code"]: n["title"]["lt"] for n in edition.document.get("nominations", ())
    }
    titles["overall"] = "Overall"
    lists = exported(edition.coordinator, SLUG)
    return {
        code: [
            (place, title, f"{Decimal(str(total)):.2f}")
            for place, title, total in lists.get(titles[code], ())
        ]
        for code in edition.story.places
    }
