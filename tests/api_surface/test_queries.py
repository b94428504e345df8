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
    client, address = asked(world, where)
    client.raise_request_exception = False

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
    page = world.clients["owner"].get("/api/v1/organisations/?page_size=1").json()

    assert len(page["results"]) == 1
    assert page["next"].endswith("?page=2&page_size=1")


def test_a_page_beyond_the_last_is_named(world):
    body = world.clients["owner"].get("/api/v1/organisations/?page=99").json()

    assert "99" in body["detail"]


# --- What a list does not read, it refuses -----------------------------------------

# While judging is open these are refused before anybody looks at their parameters.
CLOSED_IN_JUDGING = {"contests/{slug}/drafts/", "contests/{slug}/special-awards/"}
OPEN_LISTS = [where for where in LISTS if where not in CLOSED_IN_JUDGING]
WRONG = {
    "phase_": "x",  # there is no such parameter anywhere
    "page": "abc",
    "page_size": "abc",
    "ordering": "password",
    "mine": "zzz",
    "confirmed": "zzz",
    "state": "zzz",
    "kind": "zzz",
    "organisation": "zzz",
    "since": "zzz",
    "version": "zzz",
    "nomination": "zzz",
}


def test_every_list_refuses_what_it_cannot_read(world):
    kept = {}
    for where in OPEN_LISTS:
        client, address = asked(world, where)
        for name, value in [*WRONG.items(), ("page_size", "1000"), ("page", "0")]:
            answer = client.get(f"/api/v1/{address}?{name}={value}")
            told = answer.json()
            fields = [(e["field"], e["received"]) for e in told.get("errors", [])]
            if answer.status_code != 400 or fields != [(name, value)]:
                kept[f"{where}?{name}={value}"] = (answer.status_code, told)

    assert kept == {}


def test_every_list_still_reads_what_it_knows(world):
    refused = []
    for where in OPEN_LISTS:
        client, address = asked(world, where)
        plain = client.get(f"/api/v1/{address}?format=json")
        paged = "results" in plain.json()
        sized = client.get(f"/api/v1/{address}?page=1&page_size=1")
        if plain.status_code != 200 or paged != (sized.status_code == 200):
            refused.append((where, plain.status_code, sized.status_code))

    assert refused == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("submissions/?refrence=1", "„reference“"),
        ("submissions/?ordering=-created_by_id", "reference, submitted_at"),
        ("submissions/?state=q", "draft, submitted"),
        ("contests/{slug}/conflicts/?confirmed=zzz", "true, false"),
        ("contests/{slug}/messages/?state=q", "page, page_size"),
        ("submissions/?page_size=201", "200"),
        ("contests/{slug}/timetable/?at=1", "nė vieno"),
    ],
)
def test_a_refusal_says_what_is_allowed(world, query, told):
    client, address = asked(world, query)

    body = client.get(f"/api/v1/{address}").json()

    assert (body["status"], told in body["detail"]) == (400, True), body["detail"]


def asked(world, where):
    """Who may ask for a list, and its address."""
    is_owners = where in OF_OWNERS or "organisation}" in where
    own = world.own
    return world.clients["owner" if is_owners else "coordinator"], where.format(
        slug=own.contest.slug,
        entry=own.entry.pk,
        juror=own.assignment.juror_id,
        organisation=own.entry.organisation_id,
        run=own.import_run.pk,
    )


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
