"""An action group sees how far the communities of its territory are, and no more."""

from html import unescape

import pytest
from django.urls import reverse

from contest import rulebook
from organisations.countries import country
from submissions.preparing import confirm
from tests.factories import (
    ContestFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
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
    group = OrganisationFactory(kind="action_group", name=GROUP.name)
    return RepresentativeFactory(organisation=group)


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
    other = RepresentativeFactory(organisation__kind="action_group")
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

    with django_assert_num_queries(8):
        browser.get(where)
