"""Every contest of the field can be described through the API, without our help."""

import pytest

from contest.rulebook import Bar, Quota, read
from contest.rulebook_problems import problems, warnings
from tests.api import Person
from tests.contest.siblings import SIBLINGS, described
from tests.factories import OrganiserMemberFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    """A person who may create contests, and the series that they are editions of."""
    member = OrganiserMemberFactory()
    person = Person(member.person)
    person.series = SeriesFactory(organiser=member.organiser).slug
    return person


def what_was_said(document, said):
    """The parts of a document that somebody spelled out, without our defaults."""
    if isinstance(said, dict):
        return {key: what_was_said(document[key], said[key]) for key in said}
    if isinstance(said, list) and len(said) == len(document):
        return list(map(what_was_said, document, said))
    return document


@pytest.mark.parametrize("name", SIBLINGS)
def test_a_sibling_contest_is_described_and_read_back(name, organiser):
    said = SIBLINGS[name]()

    document = described(organiser, said)

    assert what_was_said(document, said) == said
    assert problems(document) == []
    assert list(warnings(read(document))) == []  # somebody wins


# What the published facts come to, as the services will read them.
FACTS = {
    "akka": (
        lambda r: (
            [len(r.criteria_of([c])) for c in r.chosen_nominations],
            r.unmet({}),
        ),
        ([3] * 5, ("finished", "no_breaches", "no_sanctions", "indicators")),
    ),
    "krasto_auksas": (
        lambda r: (r.limits.quota, "nominator" in r.who_enters),
        (Quota("county", 9), True),
    ),
    "spindulys": (
        lambda r: (r.short_list, len(r.nominations), r.questions[0]["maximum"]),
        (24, 8, "6000"),
    ),
    "tautos_azuolai": (
        lambda r: (len(r.chosen_nominations), r.limits.entries_per_organisation),
        (15, 3),
    ),
    "zur": (lambda r: len(r.questions), 7),
    "svyturys": (
        lambda r: [bool(n.sponsor) for n in r.nominations],
        [True] + [False] * 6,
    ),
    "ria": (
        lambda r: (r.limits.entries_per_nomination, r.short_list, r.may_be_ongoing),
        (2, 24, True),
    ),
    "unser_dorf": (
        lambda r: ([c.weight for c in r.criteria], r.deliberation),
        ([15, 30, 20, 20, 15], True),
    ),
    "marka_leaderit": (
        lambda r: (r.limits.nominations_per_entry, r.eligibility[0].checked_by),
        (4, "commission"),
    ),
    "aasta_kula": (
        lambda r: (r.limits.quota.count, sum(e.required for e in r.eligibility)),
        (1, 6),
    ),
    "poland": (
        lambda r: (sum(c.weight for c in r.criteria), r.limits.bar_winners),
        (100, Bar(editions=3, places=3, by_place={1: 5})),
    ),
    "finland": (lambda r: r.who_enters, ("nominator",)),
}


@pytest.mark.parametrize("name", FACTS)
def test_the_published_facts_have_types(name, organiser):
    fact, expected = FACTS[name]

    rules = read(described(organiser, SIBLINGS[name]()))

    assert fact(rules) == expected


def test_a_bar_knows_how_long_each_place_stays_away(organiser):
    bar = read(described(organiser, SIBLINGS["poland"]())).limits.bar_winners

    assert [bar.editions_after(place) for place in (1, 2, 3, 4)] == [5, 3, 3, 0]


def test_a_rulebook_of_one_criterion_gets_every_default(organiser):
    rules = read(described(organiser, SIBLINGS["gera_gyventi"]()))

    assert (rules.limits.quota, rules.limits.bar_winners) == (None, None)
    assert (rules.who_enters, rules.two_persons) == (("owner", "secretariat"), False)
