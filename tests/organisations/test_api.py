"""The register at the interface: who is shown what, and what a client can choose."""

import pytest

from organisations.models import Organisation, Representative
from tests.api import Person
from tests.factories import (
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CONTACTS = {"address", "email", "phone"}
WHY = {"reason": "Ta pati bendruomenė"}


def person():
    return Person(UserFactory())


# --- Reference data -----------------------------------------------------------


def test_countries_are_read_without_signing_in():
    answer = Person(language="lt").get("countries/")

    listed = answer.json()
    assert len(listed) == 30
    assert {"code": "LT", "name": "Lietuva"} in listed
    assert {"code": "PL", "name": "Lenkija"} in listed


def test_country_gives_clients_what_their_pickers_need():
    shown = Person().get("countries/lt/").json()

    assert {
        "code": "LT-19",
        "name": "Kelmės rajono savivaldybė",
        "county": "LT-SA",
    } in (shown["municipalities"])
    assert {"code": "LT-SA", "name": "Šiaulių apskritis"} in shown["counties"]
    assert {"code": "association", "name": "Association", "short": ""} in (
        shown["legal_forms"]
    )
    assert shown["organisation_code_rule"].startswith("nine digits")
    assert len(shown["action_groups"]) == 41
    assert "community" in shown["kinds"]


def test_country_that_is_not_here_names_those_that_are():
    answer = Person().get("countries/XX/")

    assert (answer.status_code, "LT, LU, LV" in answer.json()["detail"]) == (404, True)


# --- Adding and finding -------------------------------------------------------


def test_who_adds_an_organisation_is_shown_its_possible_duplicates():
    first = OrganisationFactory(name="Šilas", municipality="LT-19")
    OrganisationFactory(name="Šilas", municipality="LT-33")

    answer = person().post(
        "organisations/",
        {"name": "Asociacija „Šilas“", "kind": "ngo", "municipality": "LT-19"},
    )

    body = answer.json()
    assert (answer.status_code, body["code_state"]) == (201, "to_check")
    assert [row["id"] for row in body["possible_duplicates"]] == [str(first.pk)]
    assert CONTACTS & set(body["possible_duplicates"][0]) == set()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("county=LT-SA", ["Kelmė", "Šiauliai"]),
        ("municipality=LT-19", ["Kelmė"]),
        ("code_state=missing", ["Šiauliai"]),
        ("code=195745792", ["Kelmė"]),
        ("legal_form=association", ["Panevėžys"]),
        ("action_group=Sava", ["Panevėžys"]),
        ("search=siauliai", ["Šiauliai"]),
        ("search=195745792", ["Kelmė"]),
        ("ordering=-name_sort", ["Šiauliai", "Panevėžys", "Kelmė"]),
        ("county=XX", []),
    ],
)
def test_register_is_searched_filtered_and_ordered(query, names):
    for fields in (
        {"name": "Kelmė", "code": "195745792", "code_state": "valid"},
        {"name": "Šiauliai", "municipality": "LT-44", "code_state": "missing"},
        {
            "name": "Panevėžys",
            "municipality": "LT-33",
            "legal_form": "association",
            "action_group": "Sava",
        },
    ):
        OrganisationFactory(**fields).set_search()
    for organisation in Organisation.objects.all():
        organisation.set_search()
        organisation.save()

    page = person().get(f"organisations/?{query}").json()

    assert [row["name"] for row in page["results"]] == names


def test_an_edition_of_another_country_takes_its_organisations():
    contest = ContestFactory(phase="open", series__organiser__country="LV")
    entrant = person()
    added = entrant.post(
        "organisations/",
        {
            "name": "Cēsu biedrība",
            "country": "LV",
            "kind": "community",
            "code": "40003521600",
            "municipality": "LV-022",
            "legal_form": "association",
        },
    ).json()

    entry = entrant.post(
        "submissions/",
        {
            "contest": contest.slug,
            "organisation": added["id"],
            "title": "Dārzs",
            "finished_on": "2025-05-01",
            "municipality": "LV-022",
            "measure": "LEADER",
        },
    )

    assert (added["code_state"], added["municipality_name"]) == ("valid", "Cēsu novads")
    assert (entry.status_code, entry.json()["warnings"]) == (201, [])


# --- Contacts, people, history ------------------------------------------------


def test_pending_request_opens_no_contacts_and_no_people():
    organisation = RepresentativeFactory().organisation
    asking = person()
    answer = asking.post(f"organisations/{organisation.pk}/claims/", {})

    shown = asking.get(f"organisations/{organisation.pk}/").json()
    closed = [
        asking.get(f"organisations/{organisation.pk}/{part}/").status_code
        for part in ("representatives", "claims", "history")
    ]

    assert answer.status_code == 201
    assert CONTACTS & set(shown) == set()
    assert closed == [404, 404, 404]


def test_request_tells_no_address_of_those_who_act():
    link = RepresentativeFactory()
    asking = person()

    texts = [
        answer.content.decode()
        for answer in (
            asking.post(f"organisations/{link.organisation.pk}/claims/", {}),
            asking.get("claims/"),
            asking.get(f"organisations/{link.organisation.pk}/"),
        )
    ]

    told = [
        word for word in (link.person.email, link.person.name) if word in str(texts)
    ]
    assert told == []


def test_request_from_question_to_answer():
    link = RepresentativeFactory()
    asking, colleague = person(), Person(link.person)
    where = f"organisations/{link.organisation.pk}/claims/"
    made = asking.post(where, {"name": "Jonas", "role": "narys", "message": "Aš."})

    (seen,) = colleague.get(f"{where}?state=pending").json()["results"]
    decided = colleague.post(f"{where}{seen['id']}/decide/", {"approve": True})

    assert (seen["id"], seen["email"]) == (made.json()["id"], asking.user.email)
    assert decided.json()["state"] == "approved"
    assert asking.get("claims/").json()["results"][0]["state"] == "approved"
    assert "email" in asking.get(f"organisations/{link.organisation.pk}/").json()


def test_request_to_another_organisation_is_not_decided_here():
    link, claim = RepresentativeFactory(), ClaimFactory()

    answer = Person(link.person).post(
        f"organisations/{link.organisation.pk}/claims/{claim.pk}/decide/",
        {"approve": True},
    )

    assert answer.status_code == 404


def test_representation_is_ended_and_the_person_sees_nothing_more():
    first = RepresentativeFactory()
    second = RepresentativeFactory(organisation=first.organisation)
    where = f"organisations/{first.organisation.pk}/representatives/"

    ended = Person(first.person).post(f"{where}{second.pk}/end/", {})

    assert (ended.status_code, ended.json()["ended_at"] is not None) == (200, True)
    assert Person(second.person).get(where).status_code == 404


def test_history_is_shown_without_values_of_contacts():
    link = RepresentativeFactory()
    owner = Person(link.person)
    where = f"organisations/{link.organisation.pk}/"
    owner.patch(where, {"version": 1, "eldership": "Liolių", "phone": "+370 999"})

    answer = owner.get(f"{where}history/")

    (row,) = answer.json()["results"]
    assert row["fields_changed"] == ["eldership", "phone"]
    assert row["values"] == {"eldership": ["", "Liolių"]}
    assert row["by"] == str(link.person.pk)[:8]
    assert "+370 999" not in answer.content.decode()


def test_entries_of_an_organisation_are_listed_across_editions():
    link = RepresentativeFactory()
    for _ in range(2):
        SubmissionFactory(organisation=link.organisation)
    other = RepresentativeFactory(person=link.person)
    SubmissionFactory(organisation=other.organisation)

    page = Person(link.person).get(f"submissions/?organisation={link.organisation.pk}")

    assert page.json()["count"] == 2


# --- A contest's people -------------------------------------------------------


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def coordinator(contest):
    return Person(CoordinatorFactory(contest=contest).person)


def test_coordinator_answers_where_nobody_else_can(contest, coordinator):
    claim = ClaimFactory()
    where = f"contests/{contest.slug}/claims/"

    (seen,) = coordinator.get(where).json()["results"]
    answer = coordinator.post(f"{where}{seen['id']}/decide/", {"approve": True})

    assert answer.json()["state"] == "approved"
    assert Representative.objects.get().person == claim.person


def test_coordinator_needs_a_reason_where_others_act_already(contest, coordinator):
    claim = ClaimFactory()
    RepresentativeFactory(organisation=claim.organisation)
    where = f"contests/{contest.slug}/claims/{claim.pk}/decide/"

    answers = [
        coordinator.post(where, {"approve": True, "reason": reason}).status_code
        for reason in ("", "Pirmininkė išvyko")
    ]

    assert answers == [400, 200]


def test_coordinator_answers_only_for_the_country_of_the_contest(contest, coordinator):
    claim = ClaimFactory(organisation__country="LV", organisation__municipality="")
    where = f"contests/{contest.slug}/claims/"

    assert coordinator.get(where).json()["results"] == []
    answer = coordinator.post(f"{where}{claim.pk}/decide/", {"approve": True})
    assert answer.status_code == 404


def test_coordinator_does_not_answer_the_own_request(contest, coordinator):
    claim = ClaimFactory(person=coordinator.user)

    answer = coordinator.post(
        f"contests/{contest.slug}/claims/{claim.pk}/decide/", {"approve": True}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "own_claim")


def merge(who, contest, survivor, duplicate, **more):
    return who.post(
        f"contests/{contest.slug}/merges/",
        {"survivor": str(survivor.pk), "duplicate": str(duplicate.pk), **WHY, **more},
    )


def test_coordinator_merges_a_duplicate_that_nobody_acts_for(contest, coordinator):
    survivor = RepresentativeFactory().organisation
    duplicate = OrganisationFactory(name="Antrininkė")
    entry = SubmissionFactory(organisation=duplicate)

    told = merge(coordinator, contest, survivor, duplicate, dry_run=True)
    done = merge(coordinator, contest, survivor, duplicate)

    assert (told.json()["done"], done.json()["done"]) == (False, True)
    assert done.json()["moves"] == {"submissions.submission": 1}
    entry.refresh_from_db()
    assert entry.organisation == survivor


def test_member_of_the_organiser_merges_too(contest):
    member = OrganiserMemberFactory(organiser=contest.series.organiser)

    answer = merge(
        Person(member.person), contest, OrganisationFactory(), OrganisationFactory()
    )

    assert answer.json()["done"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_merge_of_a_contest_gives_nobody_a_voice_among_others(
    contest, coordinator, dry_run
):
    """The hole: a friend adds an organisation, which is merged into a real one."""
    real, fake = RepresentativeFactory(), RepresentativeFactory()
    pairs = [
        (real.organisation, fake.organisation),
        (fake.organisation, real.organisation),
    ]

    codes = [
        merge(coordinator, contest, *pair, dry_run=dry_run).json()["code"]
        for pair in pairs
    ]

    assert codes == ["both_have_representatives"] * 2
    assert real.organisation.representatives.count() == 1


def test_coordinator_merges_only_in_the_country_of_the_contest(contest, coordinator):
    pair = OrganisationFactory.create_batch(2, country="LV", municipality="")

    answer = merge(coordinator, contest, *pair, dry_run=True)

    assert answer.status_code == 404


def test_coordinator_does_not_merge_the_own_organisation(contest, coordinator):
    own = RepresentativeFactory(person=coordinator.user).organisation

    answer = merge(coordinator, contest, own, OrganisationFactory())

    assert answer.json()["code"] == "own_organisation"


def test_administrator_merges_and_the_old_address_leads_to_the_survivor():
    link, other = RepresentativeFactory(), RepresentativeFactory()
    survivor, duplicate = link.organisation, other.organisation
    administrator = Person(UserFactory(is_administrator=True))

    done = administrator.post(
        f"organisations/{survivor.pk}/merge/", {"duplicate": str(duplicate.pk), **WHY}
    )
    shown = Person(other.person).get(f"organisations/{duplicate.pk}/").json()
    people = Person(other.person).get(f"organisations/{duplicate.pk}/representatives/")
    listed = administrator.get("organisations/").json()

    assert done.json()["done"]
    assert (shown["id"], "email" in shown) == (str(survivor.pk), True)
    assert shown["former_names"] == [duplicate.name]
    assert len(people.json()) == 2
    assert [row["id"] for row in listed["results"]] == [str(survivor.pk)]


def test_collision_is_told_in_words_and_in_full():
    contest = ContestFactory()
    first, second = (
        SubmissionFactory(contest=contest, title="Tas pats") for _ in range(2)
    )
    administrator = Person(UserFactory(is_administrator=True))

    answer = administrator.post(
        f"organisations/{first.organisation.pk}/merge/",
        {"duplicate": str(second.organisation.pk), **WHY},
    )

    body = answer.json()
    assert (answer.status_code, body["code"]) == (409, "merge_collides")
    assert body["collisions"][0]["rows"] == [second.reference]
    assert second.reference in body["detail"]


def test_coordinator_invites_to_the_survivor_by_the_old_id(contest, coordinator):
    survivor, duplicate = OrganisationFactory(), OrganisationFactory()
    merge(coordinator, contest, survivor, duplicate)

    coordinator.post(
        f"contests/{contest.slug}/representatives/",
        {"organisation": str(duplicate.pk), "email": "nauja@example.org"},
    )

    assert Representative.objects.get().organisation == survivor
