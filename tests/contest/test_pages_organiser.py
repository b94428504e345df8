"""What there is before the first edition: organisers, members, what comes back."""

import pytest
from django.urls import reverse

from contest.models import Organiser, Series
from tests.contest.filling import typed
from tests.factories import OrganiserFactory, OrganiserMemberFactory, UserFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

NEW = reverse("contest:new")
NEW_SERIES = reverse("contest:new-series")
NEW_ORGANISER = reverse("contest:new-organiser")


@pytest.fixture
def organiser():
    return OrganiserFactory(phone="", email="")


@pytest.fixture
def member(organiser):
    return browser_of(OrganiserMemberFactory(organiser=organiser).person)


@pytest.fixture
def administrator():
    return browser_of(UserFactory(is_administrator=True))


def details(organiser):
    return reverse("contest:organiser-details", args=[organiser.slug])


def test_a_member_names_what_comes_back_and_begins_its_first_edition(organiser, member):
    before = member.get(NEW).content.decode()
    made = member.post(
        NEW_SERIES,
        typed(member.get(NEW_SERIES), title_lt="Žalias kiemas", organiser=organiser.pk),
    )
    begun = member.post(
        NEW,
        {
            "series": str(Series.objects.get().pk),
            "title_lt": "Žalias kiemas 2027",
            "edition": "2027",
            "template": "lkbs",
        },
    )

    series = Series.objects.get()
    assert NEW_SERIES in before
    assert made["Location"] == NEW
    assert (series.slug, series.title) == ("zalias-kiemas", {"lt": "Žalias kiemas"})
    assert series.contests.get().slug == "zalias-kiemas-2027"
    assert begun.status_code == 302


def test_only_ones_own_organiser_is_offered(member):
    foreign = OrganiserFactory()

    answer = member.post(
        NEW_SERIES,
        {"title_lt": "X", "organiser": str(foreign.pk)},
    )

    assert answer.status_code == 400
    assert str(foreign.pk) not in member.get(NEW_SERIES).content.decode()
    assert not Series.objects.exists()


def test_an_address_that_is_taken_is_told_beside_it(organiser, member):
    body = {"title_lt": "Kiemas", "organiser": str(organiser.pk)}
    member.post(NEW_SERIES, body)

    answer = member.post(NEW_SERIES, body | {"title_en": "Yard"})

    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["slug"]
    assert 'value="Yard"' in answer.content.decode()


def test_whom_to_call_is_asked_for_where_it_is_missing(organiser, member):
    page = details(organiser)
    before = member.get(NEW).content.decode()

    member.post(page, typed(member.get(page), phone="+370 600 00000"))

    organiser.refresh_from_db()
    told = reverse("contest:organiser-details", args=[organiser.slug])
    assert before.count(told) == 2  # asked for at the top, and in the list
    assert organiser.phone == "+370 600 00000"
    assert member.get(NEW).content.decode().count(told) == 1


def test_who_was_slower_sees_both(organiser, member):
    page = details(organiser)
    shown = member.get(page)
    member.post(page, typed(member.get(page), phone="1111111"))

    late = member.post(page, typed(shown, phone="2222222"))

    assert late.status_code == 412
    assert ("1111111", "2222222") in [
        (now, mine) for _label, now, mine in late.context["form"].stored
    ]


def test_an_administrator_opens_a_tenant_and_lets_somebody_in(administrator):
    assert NEW in administrator.get("/desk/").content.decode()
    assert NEW_ORGANISER in administrator.get(NEW).content.decode()

    made = administrator.post(
        NEW_ORGANISER,
        typed(administrator.get(NEW_ORGANISER), name_lt="Kaimų sąjunga", country="LT"),
    )
    organiser = Organiser.objects.get()
    invited = administrator.post(
        reverse("contest:add-member", args=[organiser.slug]),
        {"email": "pirmininke@example.org", "name": "Ona"},
    )

    assert organiser.slug == "kaimu-sajunga"
    assert made["Location"] == details(organiser)
    assert invited.status_code == 200
    assert organiser.members.get().person.email == "pirmininke@example.org"
    assert "Ona" in administrator.get(details(organiser)).content.decode()


def test_a_stranger_finds_no_organiser(organiser):
    stranger = browser_of(UserFactory())

    assert stranger.get(details(organiser)).status_code == 404
    assert stranger.get(NEW_ORGANISER).status_code == 404
    assert details(organiser) not in stranger.get(NEW).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_organisers_and_members_cost_as_much_in_any_number(
    count, django_assert_num_queries
):
    administrator = browser_of(UserFactory(is_administrator=True))
    organisers = OrganiserFactory.create_batch(count)
    OrganiserMemberFactory.create_batch(count, organiser=organisers[0])

    with django_assert_num_queries(7):
        administrator.get(NEW)
    with django_assert_num_queries(7):
        administrator.get(details(organisers[0]))
