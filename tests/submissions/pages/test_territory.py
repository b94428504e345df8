"""An action group sees how far the communities of its territory are, and no more."""

from html import unescape

import pytest
from django.urls import reverse

from contest import rulebook
from contest.register import correct_organisation
from contest.register import decide_claim as decide_by_office
from organisations.countries import country
from organisations.representing import decide_claim
from organisations.services import add_organisation, change_organisation
from submissions.preparing import confirm
from tests.factories import (
    ActionGroupFactory,
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
GROUP = next(g for g in country("LT").action_groups.values() if g.municipalities)
HERE = {"action_group": GROUP.name, "kind": "community"}


@pytest.fixture
def contest():
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "action_group"]}
    return ContestFactory(phase="open", document=document)


@pytest.fixture
def seat():
    """Somebody who acts for the action group."""
    return RepresentativeFactory(organisation=ActionGroupFactory(name=GROUP.name))


@pytest.fixture
def own_word():
    """Somebody who named an organisation as the action group, and acts for it."""
    person = UserFactory()
    group = add_organisation(
        by=person, i_represent=True, name=GROUP.name, kind="action_group"
    )
    return group.representatives.get(person=person)


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def territory(contest, seat, language="en"):
    browser = browser_of(seat.person)
    browser.cookies["django_language"] = language
    where = reverse("submissions:territory", args=[contest.slug, seat.organisation_id])
    return browser.get(where)


def stages(response):
    return {row[0].name: row[1] for row in response.context["communities"]}


def test_communities_are_those_that_name_the_group_or_lie_where_it_works(contest, seat):
    OrganisationFactory(name="Jos", **HERE)
    OrganisationFactory(
        name="Ten", kind="community", municipality=GROUP.municipalities[0]
    )
    OrganisationFactory(
        name="Kitos",
        kind="community",
        action_group="Kita VVG",
        municipality=GROUP.municipalities[0],
    )
    OrganisationFactory(name="Kitur", kind="community", municipality="LT-XX")
    OrganisationFactory(name="Ne bendruomenė", **HERE | {"kind": "company"})
    merged = OrganisationFactory(name="Sujungta", **HERE)
    merged.merged_into = seat.organisation
    merged.save()

    assert set(stages(territory(contest, seat))) == {"Jos", "Ten"}


def test_each_stands_where_its_furthest_entry_does(contest, seat):
    for name in ("None", "Draft", "Waits", "Agreed", "Sent", "Withdrawn"):
        OrganisationFactory(name=name, **HERE)
    of = {o.name: o for o in type(seat.organisation).objects.filter(**HERE)}
    prepared = {"entered_by": "action_group", "prepared_by": seat.organisation}

    def entry(name, state, **facts):
        return SubmissionFactory(
            contest=contest, organisation=of[name], state=state, **facts
        )

    entry("Draft", "draft")
    entry("Waits", "draft", **prepared)
    agreed = entry("Agreed", "draft", **prepared)
    owner = RepresentativeFactory(organisation=of["Agreed"]).person
    confirm(
        submission=agreed,
        expected_version=agreed.version,
        signed_by="Ona",
        signed_role="pirmininkė",
        by=owner,
    )
    entry("Sent", "draft")
    entry("Sent", "returned")
    entry("Withdrawn", "withdrawn")

    assert stages(territory(contest, seat)) == {
        "None": "none",
        "Draft": "draft",
        "Waits": "waits",
        "Agreed": "draft",
        "Sent": "sent",
        "Withdrawn": "none",
    }


def test_what_a_community_writes_itself_is_not_shown(contest, seat):
    own = OrganisationFactory(name="Pati", **HERE)
    theirs = SubmissionFactory(
        contest=contest, organisation=own, state="draft", title="Slaptas"
    )
    ours = SubmissionFactory(
        contest=contest,
        organisation=OrganisationFactory(**HERE),
        state="draft",
        entered_by="action_group",
        prepared_by=seat.organisation,
        title="Mūsų rengiamas",
    )

    page = unescape(territory(contest, seat).content.decode())

    assert "Slaptas" not in page
    assert reverse("submissions:entry", args=[theirs.pk]) not in page
    assert "Mūsų rengiamas" in page
    assert reverse("submissions:entry", args=[ours.pk]) in page


def test_an_entry_is_begun_from_the_list(contest, seat):
    community = OrganisationFactory(name="Jos", **HERE)
    page = territory(contest, seat)
    fields = {
        "organisation": community.pk,
        "entered_by": page.context["entered_by"],
        "prepared_by": seat.organisation_id,
    }

    begun = browser_of(seat.person).post(
        reverse("submissions:enter", args=[contest.slug]), fields
    )

    assert begun.status_code == 302
    assert stages(territory(contest, seat)) == {"Jos": "waits"}
    assert page.content.decode().count("Prepare an entry<") == 1


@pytest.mark.parametrize(
    ("who_enters", "is_own", "status"),
    [
        (["owner", "action_group"], True, 200),
        (["owner", "action_group"], False, 404),
        (["owner"], True, 404),
    ],
)
def test_it_is_its_groups_alone_and_only_where_groups_may_help(
    who_enters, is_own, status, seat
):
    document = rulebook.template("lkbs") | {"who_enters": who_enters}
    contest = ContestFactory(phase="open", document=document)
    other = RepresentativeFactory(organisation=ActionGroupFactory())
    where = reverse("submissions:territory", args=[contest.slug, seat.organisation_id])

    answer = browser_of((seat if is_own else other).person).get(where)

    assert answer.status_code == status


def test_the_desk_leads_there(contest, seat):
    where = reverse("submissions:territory", args=[contest.slug, seat.organisation_id])

    assert where in browser_of(seat.person).get("/desk/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_much_for_many_as_for_one(
    count, contest, seat, django_assert_num_queries
):
    for _ in range(count):
        community = OrganisationFactory(**HERE)
        SubmissionFactory(contest=contest, organisation=community, state="draft")
    browser = browser_of(seat.person)
    where = reverse("submissions:territory", args=[contest.slug, seat.organisation_id])

    with django_assert_num_queries(11):
        browser.get(where)


def is_open_to(contest, seat):
    """Whether the page opens, and the desk leads there: never one alone."""
    where = reverse("submissions:territory", args=[contest.slug, seat.organisation_id])
    status = territory(contest, seat).status_code
    is_linked = where in browser_of(seat.person).get("/desk/").content.decode()
    assert (status, is_linked) in {(200, True), (404, False)}
    return is_linked


def test_a_group_by_its_own_word_alone_sees_nothing(contest, own_word):
    OrganisationFactory(name="Jos", **HERE)

    assert not is_open_to(contest, own_word)


def test_a_group_that_a_coordinator_corrected_sees_its_territory(
    contest, own_word, coordinator
):
    group = own_word.organisation
    correct_organisation(
        contest=contest,
        organisation=group,
        expected_version=group.version,
        reason="Patikrinta",
        by=coordinator,
        website="https://vvg.example.org",
    )

    assert is_open_to(contest, own_word)


def test_a_group_that_the_office_added_sees_its_territory(contest, coordinator):
    group = add_organisation(
        by=coordinator, i_represent=False, name=GROUP.name, kind="action_group"
    )

    assert is_open_to(contest, RepresentativeFactory(organisation=group))


@pytest.mark.parametrize(
    ("was", "fields"),
    [
        ({"name": "Kita"}, {"name": GROUP.name}),
        ({"name": GROUP.name, "kind": "community"}, {"kind": "action_group"}),
    ],
)
def test_who_takes_the_name_of_a_group_later_sees_nothing(contest, was, fields):
    seat = RepresentativeFactory(organisation=ActionGroupFactory(**was))
    change_organisation(
        organisation=seat.organisation,
        expected_version=seat.organisation.version,
        by=seat.person,
        **fields,
    )

    assert not is_open_to(contest, seat)


def test_a_request_that_its_own_people_approve_confirms_no_group(contest, own_word):
    claim = ClaimFactory(organisation=own_word.organisation)
    decide_claim(claim=claim, approve=True, reason="", by=own_word.person)

    assert not is_open_to(contest, own_word)


def test_a_request_that_the_office_approves_confirms_the_group(
    contest, own_word, coordinator
):
    claim = ClaimFactory(organisation=own_word.organisation)
    decide_by_office(
        contest=contest, claim=claim, approve=True, reason="Taip", by=coordinator
    )

    assert is_open_to(contest, own_word)


def test_a_nominator_that_is_no_action_group_has_no_territory():
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "nominator"]}
    contest = ContestFactory(phase="open", document=document)
    named = ActionGroupFactory(name=GROUP.name, kind="ngo")

    assert not is_open_to(contest, RepresentativeFactory(organisation=named))
