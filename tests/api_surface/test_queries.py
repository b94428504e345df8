"""Whatever stands behind the question mark, the answer is a page or a sentence."""

import pytest

from tests.api_surface.test_hostile_bodies import is_answer
from tests.policy.world import build

pytestmark = pytest.mark.django_db

LISTS = [
    "countries/",
    "organisations/",
    "organisations/{organisation}/claims/",
    "organisations/{organisation}/history/",
    "claims/",
    "organisers/",
    "series/",
    "contests/",
    "rulebook-templates/",
    "submissions/",
    "assignments/",
    "auth/tokens/",
    "contests/{slug}/rulebook/",
    "contests/{slug}/rulebooks/",
    "contests/{slug}/jurors/",
    "contests/{slug}/coordinators/",
    "contests/{slug}/claims/",
    "contests/{slug}/acts/",
    "contests/{slug}/proposals/",
    "contests/{slug}/auditors/",
    "contests/{slug}/logos/",
    "contests/{slug}/timetable/",
    "contests/{slug}/audit/",
    "contests/{slug}/assignments/",
    "contests/{slug}/conflicts/",
    "contests/{slug}/jurors/{juror}/extensions/",
    "contests/{slug}/progress/",
    "contests/{slug}/progress/entries/",
    "contests/{slug}/closing-check/",
    "contests/{slug}/exclusions/",
    "contests/{slug}/messages/",
    "contests/{slug}/reminders/jurors/",
    "contests/{slug}/ranking/",
    "contests/{slug}/ties/",
    "contests/{slug}/special-awards/",
    "contests/{slug}/exports/",
    "contests/{slug}/register-imports/",
    "contests/{slug}/register-imports/{run}/problems/",
    "contests/{slug}/register-exports/",
    "submissions/{entry}/versions/",
    "submissions/{entry}/attachments/",
    "contests/{slug}/drafts/",
    "contests/{slug}/extensions/",
    "contests/{slug}/awards/",
    "submissions/{entry}/suggestions/",
]
OF_OWNERS = {"submissions/{entry}/suggestions/"}
# Asked in one request each: a page is looked for after the filters, and so on.
TOGETHER = [
    ["page"],
    ["page_size", "ordering"],
    ["version", "nomination", "format"],
    [
        *("search", "mine", "code", "kind", "municipality", "country"),
        *("county", "code_state", "legal_form", "action_group"),
        *("organiser", "series", "edition", "contest", "reference", "state"),
        *("organisation", "submission", "juror", "confirmed"),
        *("action", "actor", "subject", "subject_type", "since", "until"),
    ],
]
VALUES = [
    *("", "0", "-1", "1", "2", "1000000", "9" * 30, "9" * 5000, "1.5", "abc"),
    *("%00", "a%00b", "%ff", "%ED%A0%80", "%27%3B--", "__class__", "pk", "-pk"),
    *("password", "person__password", "a" * 3000, "%E0%A5%A7", "true", "null"),
    "00000000-0000-0000-0000-000000000000",
]


@pytest.fixture
def world():
    return build("judging")


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(each, marks=[] if number % 4 == 0 else pytest.mark.slow, id=each)
        for number, each in enumerate(LISTS)
    ],
)
def test_odd_parameters_are_answered_in_words(world, where):
    is_owners = where in OF_OWNERS or "organisation}" in where
    client = world.clients["owner" if is_owners else "coordinator"]
    client.raise_request_exception = False
    own = world.own
    address = where.format(
        slug=own.contest.slug,
        entry=own.entry.pk,
        juror=own.assignment.juror_id,
        organisation=own.entry.organisation_id,
        run=own.import_run.pk,
    )

    failed = [
        query[:60]
        for value in VALUES
        for names in TOGETHER
        for query in ["&".join(f"{name}={value}" for name in names)]
        if not is_answer(client.get(f"/api/v1/{address}?{query}"))
    ]

    assert failed == []


@pytest.mark.thread
def test_a_search_for_very_many_words_is_answered(world):
    words = "+".join(["kaimas"] * 1100)

    response = world.clients["owner"].get(f"/api/v1/organisations/?search={words}")

    assert response.status_code in {200, 400}


def test_page_size_has_a_limit(world):
    world.clients["owner"].get("/api/v1/organisations/?page_size=100000")

    page = world.clients["owner"].get("/api/v1/organisations/?page_size=1").json()

    assert len(page["results"]) == 1
    assert page["next"].endswith("?page=2&page_size=1")


def test_a_page_beyond_the_last_is_named(world):
    body = world.clients["owner"].get("/api/v1/organisations/?page=99").json()

    assert "99" in body["detail"]


@pytest.mark.parametrize(
    "field", ["name", "password", "-created_by_id", "contact_email"]
)
def test_ordering_by_an_undeclared_field_changes_nothing(world, field):
    client = world.clients["coordinator"]

    plain = client.get("/api/v1/submissions/").json()
    ordered = client.get(f"/api/v1/submissions/?ordering={field}").json()

    assert ordered == plain


# --- The filter oracle: no parameter lists more than the plain list does -----------


@pytest.mark.parametrize("where", ["submissions/", "assignments/", "contests/"])
@pytest.mark.parametrize("who", ["signed_in", "owner", "juror_assigned", "juror_other"])
def test_no_filter_widens_a_list(world, where, who):
    client = world.clients[who]
    plain = _ids(client.get(f"/api/v1/{where}?page_size=200"))
    foreign = world.foreign
    values = [
        ("contest", foreign.contest.slug),
        ("organisation", foreign.entry.organisation_id),
        ("organisation", world.own.entry.organisation_id),
        ("submission", foreign.entry.pk),
        ("juror", foreign.assignment.juror_id),
        ("reference", foreign.entry.reference),
        ("state", "eligible"),
        ("series", foreign.contest.series.slug),
        ("ordering", "reference"),
    ]

    filtered = [
        _ids(client.get(f"/api/v1/{where}?{name}={value}")) for name, value in values
    ]

    assert [ids - plain for ids in filtered if ids - plain] == []


def _ids(response):
    if response.status_code != 200:
        return set()
    return {row.get("id", row.get("slug")) for row in response.json()["results"]}
