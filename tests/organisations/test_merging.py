"""Two rows that are one organisation: nothing is lost, nothing is deleted."""

import pytest
from django.db import models

from accounts.models import User
from audit.models import Event
from core.errors import Conflict, Invalid, NotYours
from organisations import history, services
from organisations.merging import _pointers, _unique_rules, merge_organisations
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

pytestmark = pytest.mark.django_db

VALID, OTHER, FORMER = "195745792", "300047565", "1442391"


@pytest.fixture
def administrator():
    return UserFactory(is_administrator=True)


@pytest.fixture
def merge(administrator):
    def work(survivor, duplicate, *, dry_run=False):
        return merge_organisations(
            survivor=survivor,
            duplicate=duplicate,
            reason="Ta pati bendruomenė",
            dry_run=dry_run,
            by=administrator,
        )

    return work


def pair(duplicate=None, **survivor):
    kept = {"eldership": "", "action_group": ""} | survivor
    return OrganisationFactory(**kept), OrganisationFactory(**(duplicate or {}))


def test_everything_follows_to_the_survivor(merge):
    survivor, duplicate = pair()
    person = RepresentativeFactory(organisation=duplicate).person
    claim = ClaimFactory(organisation=duplicate)
    entry = SubmissionFactory(organisation=duplicate)

    done = merge(survivor, duplicate)

    assert done.done
    assert done.moves == {
        "organisations.representative": 1,
        "organisations.claim": 1,
        "submissions.submission": 1,
    }
    for row in (entry, claim, Representative.objects.get(person=person)):
        row.refresh_from_db()
        assert row.organisation == survivor
    assert Organisation.objects.get(pk=duplicate.pk).merged_into == survivor


def test_dry_run_tells_the_same_and_changes_nothing(merge):
    survivor, duplicate = pair({"code": VALID, "code_state": "valid"})
    SubmissionFactory(organisation=duplicate)

    told = merge(survivor, duplicate, dry_run=True)

    assert (told.done, told.moves) == (False, {"submissions.submission": 1})
    assert told.takes_over == ["code"]
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()
    assert Submission.objects.get().organisation == duplicate
    assert not Event.objects.exists()
    done = merge(survivor, duplicate)
    assert (done.moves, done.takes_over) == (told.moves, told.takes_over)


def test_survivor_takes_over_what_it_does_not_say_itself(merge):
    survivor, duplicate = pair(
        {
            "code": VALID,
            "code_state": "valid",
            "eldership": "Liolių seniūnija",
            "phone": "+370 222",
        },
        code=FORMER,
        phone="+370 111",
    )

    merge(survivor, duplicate)

    survivor.refresh_from_db()
    duplicate.refresh_from_db()
    assert (survivor.code, survivor.code_state) == (VALID, "valid")
    assert (survivor.eldership, survivor.phone) == ("Liolių seniūnija", "+370 111")
    assert survivor.former_codes == [FORMER]
    assert survivor.former_names == [duplicate.name]
    assert (duplicate.code, survivor.version, duplicate.version) == ("", 2, 2)


def test_valid_code_of_the_survivor_stays_and_the_other_is_kept_as_former(merge):
    survivor, duplicate = pair(
        {"code": OTHER, "code_state": "valid"}, code=VALID, code_state="valid"
    )

    done = merge(survivor, duplicate)

    survivor.refresh_from_db()
    assert (survivor.code, survivor.former_codes) == (VALID, [OTHER])
    assert len(done.warnings) == 1


def test_old_names_and_codes_lead_to_the_survivor(merge):
    survivor, duplicate = pair(
        {"name": "Šilas", "code": OTHER, "code_state": "valid"},
        name="Pušynas",
        code=VALID,
        code_state="valid",
    )
    merge(survivor, duplicate)
    listed = Organisation.objects.standing()

    found = [list(listed.found_by(words)) for words in ("silas", OTHER, "pusynas")]

    assert found == [[survivor]] * 3
    assert list(listed.coded(OTHER)) == [survivor]
    assert list(Organisation.objects.standing_for(duplicate.pk)) == [survivor]


def test_code_of_a_duplicate_cannot_be_registered_again(merge):
    survivor, duplicate = pair(
        {"code": OTHER, "code_state": "valid"}, code=VALID, code_state="valid"
    )
    merge(survivor, duplicate)

    with pytest.raises(Conflict) as refusal:
        services.add_organisation(
            by=UserFactory(), i_represent=True, name="X", kind="ngo", code=OTHER
        )

    assert refusal.value.extra["existing"]["id"] == survivor.pk


def test_pointers_never_form_a_chain(merge):
    first, second = pair()
    third = OrganisationFactory()
    merge(second, first)

    merge(third, second)

    assert set(third.merged.all()) == {first, second}
    assert list(Organisation.objects.standing_for(first.pk)) == [third]


def test_entries_of_one_title_collide_and_nothing_is_changed(merge):
    survivor, duplicate = pair({"code": VALID, "code_state": "valid"})
    contest = ContestFactory()
    for organisation in (survivor, duplicate):
        SubmissionFactory(contest=contest, organisation=organisation, title="Tas pats")
    RepresentativeFactory(organisation=duplicate)
    rows_before = list(Organisation.objects.values())

    with pytest.raises(Conflict) as refusal:
        merge(survivor, duplicate)

    (collision,) = refusal.value.extra["collisions"]
    assert collision["what"] == "submissions.submission"
    assert collision["rule"] == "submission_title_once_per_organisation"
    assert collision["rows"] == ["2026-002"]
    assert list(Organisation.objects.values()) == rows_before
    assert duplicate.submissions.count() == duplicate.representatives.count() == 1


def test_what_the_constraint_leaves_out_does_not_collide(merge):
    survivor, duplicate = pair()
    contest = ContestFactory()
    for organisation, state in ((survivor, "eligible"), (duplicate, "withdrawn")):
        SubmissionFactory(
            contest=contest, organisation=organisation, title="Tas pats", state=state
        )

    merge(survivor, duplicate)

    assert survivor.submissions.count() == 2


def test_person_of_both_keeps_one_row_and_one_request(merge):
    survivor, duplicate = pair()
    link = RepresentativeFactory(organisation=survivor)
    RepresentativeFactory(organisation=duplicate, person=link.person)
    claim = ClaimFactory(organisation=survivor)
    ClaimFactory(organisation=duplicate, person=claim.person)

    merge(survivor, duplicate)

    assert list(survivor.representatives.acting()) == [link]
    assert list(Claim.objects.pending()) == [claim]
    assert (survivor.representatives.count(), survivor.claims.count()) == (2, 2)


def test_merge_is_recorded_with_its_reason_and_in_the_history(merge):
    survivor, duplicate = pair()
    merge(survivor, duplicate)

    event = Event.objects.get()
    assert (event.action, event.reason) == (
        "organisations.merge",
        "Ta pati bendruomenė",
    )
    assert event.details["duplicate"] == str(duplicate.pk)
    (row,) = history.changes_of(survivor.pk)
    assert (row.kind, row.acted_as) == ("merged", "administrator")


def test_history_of_the_duplicate_is_the_survivors_too(merge):
    survivor = OrganisationFactory()
    link = RepresentativeFactory()
    services.change_organisation(
        organisation=link.organisation,
        expected_version=1,
        eldership="Liolių",
        by=link.person,
    )

    merge(survivor, link.organisation)

    kinds = [row.kind for row in history.changes_of(survivor.pk)]
    assert kinds == ["merged", "changed"]


def test_merge_twice_is_merged_once_and_collects_what_came_between(merge):
    survivor, duplicate = pair()
    merge(survivor, duplicate)
    late = SubmissionFactory(organisation=duplicate)

    again = [merge(survivor, duplicate).moves for _ in range(2)]

    assert again == [{"submissions.submission": 1}, {}]
    late.refresh_from_db()
    assert late.organisation == survivor


def test_what_was_merged_is_not_changed_any_more(merge):
    survivor, duplicate = pair()
    link = RepresentativeFactory(organisation=duplicate)
    merge(survivor, duplicate)
    Representative.objects.filter(pk=link.pk).update(organisation=duplicate)

    with pytest.raises(Conflict) as refusal:
        services.change_organisation(
            organisation=duplicate, expected_version=2, by=link.person, phone=""
        )

    assert refusal.value.extra["merged_into"] == survivor.pk


@pytest.mark.parametrize("which", ["itself", "third", "country"])
def test_pairs_that_cannot_be_merged_are_told(which, merge):
    survivor, duplicate = pair()
    if which == "third":
        merge(OrganisationFactory(), duplicate)
    elif which == "country":
        duplicate = OrganisationFactory(country="LV", municipality="LV-022")
    else:
        duplicate = survivor

    with pytest.raises((Conflict, Invalid), match=r"\w"):
        merge(survivor, duplicate)

    assert not survivor.merged.exists()


def test_only_who_may_merges():
    survivor, duplicate = pair()
    link = RepresentativeFactory(organisation=survivor)

    with pytest.raises(NotYours):
        merge_organisations(
            survivor=survivor,
            duplicate=duplicate,
            reason="Mano",
            dry_run=True,
            by=link.person,
        )


# --- The generic part ---------------------------------------------------------


def test_every_foreign_key_to_organisations_is_followed():
    """Asked of the tables themselves, so that a hidden relation is not forgotten."""
    found = set(_pointers())

    expected = {
        (model, field.name)
        for model in models.Model.__subclasses__()
        if model._meta.managed and not model._meta.abstract
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is Organisation
        and not getattr(model, "append_only", False)
    }
    assert found == expected
    assert (Submission, "organisation") in found


def test_hidden_foreign_keys_are_followed_too():
    """Asked of people, whose every relation is hidden by ``related_name="+"``."""
    assert (Representative, "person") in set(_pointers(User))


def test_unique_rules_are_those_that_name_the_key():
    rules = {rule for rule, *_ in _unique_rules(Submission, "organisation")}

    assert rules == {"submission_title_once_per_organisation"}
