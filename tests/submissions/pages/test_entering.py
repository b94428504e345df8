"""Finding, claiming or adding one's organisation, and beginning the entry."""

import pytest
from django.urls import reverse

from contest import rulebook
from organisations.models import Claim, Organisation, Representative
from submissions.models import Submission
from tests.factories import (
    ClaimFactory,
    ContestFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

PL = {"country": "PL", "municipality": "Marcinów"}


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def door(contest):
    return reverse("submissions:enter", args=[contest.slug])


@pytest.fixture
def person():
    return UserFactory(name="")


@pytest.fixture
def browser(person):
    return browser_of(person)


def page(response):
    return response.content.decode()


@pytest.mark.parametrize(("count", "is_told"), [(19, False), (21, True)])
def test_who_finds_many_is_told_that_these_are_the_first(browser, door, count, is_told):
    for number in range(count):
        OrganisationFactory(name=f"Žąsinų {number}", name_search=f"zasinu {number}")

    found = page(browser.get(door, {"q": "zasinu"}))

    assert found.count("<h3>") == min(count, 20)
    assert ("Tai tik pirmosios" in found) == is_told


def test_a_visitor_is_led_to_sign_in_and_back(client, door):
    assert f"/sign-in/?next={door}" in page(client.get(door))
    assert client.post(door)["Location"].startswith("/sign-in/")


def test_ones_community_is_found_whatever_accents(browser, door):
    OrganisationFactory(name="Žąsinų bendruomenė", name_search="zasinu bendruomene")
    OrganisationFactory(name="Kita", name_search="kita")

    found = page(browser.get(door, {"q": "zasinu"}))

    assert "Žąsinų bendruomenė" in found
    assert "Kita" not in found
    assert "bendruomene0@example.org" not in found


def test_who_claims_begins_at_once(browser, door, person):
    organisation = OrganisationFactory()
    claim = reverse("organisations:claim", args=[organisation.pk])

    led = browser.post(claim, {"name": "Ona", "role": "pirmininkė", "next": door})
    begun = browser.post(door, {"organisation": str(organisation.pk)})

    assert led["Location"] == door
    assert Claim.objects.get().person == person
    entry = Submission.objects.get()
    assert begun["Location"] == reverse("submissions:entry", args=[entry.pk])
    begun_page = page(browser.get(begun["Location"]))
    assert f"„{organisation}“ dar laukia atsakymo" in begun_page
    person.refresh_from_db()
    assert person.name == "Ona"


def test_who_begins_is_first_offered_what_is_known(browser, door, contest, person):
    owner = RepresentativeFactory(person=person)
    last = ContestFactory(phase="published", series=contest.series, edition="2025")
    SubmissionFactory(contest=last, organisation=owner.organisation, measure="LEADER-1")

    begun = browser.post(door, {"organisation": owner.organisation_id})

    entry = Submission.objects.get(contest=contest)
    offer, empty = (
        reverse(f"submissions:{name}", args=[entry.pk])
        for name in ("entry-recall", "entry")
    )
    assert begun["Location"] == offer
    offered = page(browser.get(offer))
    assert "LEADER-1" in offered
    assert f'<a href="{empty}">Pradėti nuo tuščios paraiškos</a>' in offered
    assert "Pažiūrėti, kas jau žinoma" in page(browser.get(empty))
    browser.post(offer, {"take": "0"})
    assert "Pažiūrėti, kas jau žinoma" not in page(browser.get(empty))


def test_where_nothing_is_known_the_entry_begins_empty(browser, door, person):
    nothing = dict.fromkeys(("municipality", "action_group", "email", "phone"), "")
    owner = RepresentativeFactory(
        person=person,
        **{f"organisation__{name}": value for name, value in nothing.items()},
    )

    begun = browser.post(door, {"organisation": owner.organisation_id})

    entry = Submission.objects.get()
    assert begun["Location"] == reverse("submissions:entry", args=[entry.pk])
    assert "Pažiūrėti, kas jau žinoma" not in page(browser.get(begun["Location"]))


def test_asking_once_more_leads_on(browser, door, person):
    claim = ClaimFactory(person=person)
    address = reverse("organisations:claim", args=[claim.organisation_id])

    led = browser.post(address, {"name": "Ona", "role": "narė", "next": door})

    assert led["Location"] == door


def test_who_adds_a_community_acts_for_it(browser, door, person):
    added = browser.post(
        reverse("organisations:add"),
        {"name": "Naujų bendruomenė", "kind": "community", "next": door},
    )

    assert added["Location"] == door
    organisation = Organisation.objects.get()
    assert Representative.objects.get().person == person
    assert "Naujų bendruomenė" in page(browser.get(door))
    assert browser.post(door, {"organisation": organisation.pk}).status_code == 302


def test_a_community_of_another_country_writes_its_place_freely(browser, door):
    form = {"name": "Sołectwo Marcinów", "kind": "community", "code": "KRS 12", **PL}

    at_home = page(browser.get(reverse("organisations:add")))
    abroad = page(browser.get(reverse("organisations:add"), {"country": "PL"}))
    browser.post(reverse("organisations:add"), {**form, "next": door})

    added = Organisation.objects.get()
    assert '<select name="municipality"' in at_home
    assert '<input type="text" name="municipality"' in abroad
    assert (added.country, added.municipality_name) == ("PL", "Marcinów")
    assert added.code_state == "to_check"


def test_a_wrong_code_is_told_beside_its_field(browser):
    form = {"name": "Naujų bendruomenė", "kind": "community", "code": "123"}

    answer = browser.post(reverse("organisations:add"), form)

    assert answer.status_code == 400
    assert 'id="id_code_error"' in page(answer)


def test_an_organisation_that_is_not_ones_own_is_not_there(browser, door):
    answer = browser.post(door, {"organisation": OrganisationFactory().pk})

    assert answer.status_code == 404


def test_nothing_is_begun_once_collection_is_over():
    late = ContestFactory(phase="judging")
    owner = RepresentativeFactory()

    answer = browser_of(owner.person).post(
        reverse("submissions:enter", args=[late.slug]),
        {"organisation": owner.organisation_id},
    )

    assert answer.status_code == 403
    assert not Submission.objects.exists()


def test_an_action_group_prepares_for_a_community_it_found(person):
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "action_group"]}
    contest = ContestFactory(phase="open", document=document)
    group = RepresentativeFactory(person=person, organisation__kind="action_group")
    community = OrganisationFactory(name="Žąsinai", name_search="zasinai")
    door = reverse("submissions:enter", args=[contest.slug])
    browser = browser_of(person)

    found = page(browser.get(door, {"q": "zasinai"}))
    browser.post(
        door,
        {
            "organisation": community.pk,
            "entered_by": "action_group",
            "prepared_by": group.organisation_id,
        },
    )

    assert f'name="prepared_by" value="{group.organisation_id}"' in found
    assert Submission.objects.get().prepared_by == group.organisation


@pytest.mark.parametrize("count", [1, 3])
def test_the_door_asks_as_much_for_many_as_for_one(
    count, browser, person, contest, door, django_assert_num_queries
):
    for _ in range(count):
        owner = RepresentativeFactory(person=person)
        SubmissionFactory(contest=contest, organisation=owner.organisation)

    with django_assert_num_queries(10):
        browser.get(door, {"q": "zibintas"})
