"""The coordinator's pages of the register: found, corrected, merged."""

import re

import pytest
from django.urls import reverse

from audit.models import Event
from contest.pages.wording import MOVED
from organisations.history import CONTACTS, KEPT
from organisations.imports.columns import HEADERS
from organisations.labels import FIELD_LABELS
from organisations.merging import _pointers
from organisations.models import Organisation
from tests.factories import (
    AwardFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganisationFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.pages.reading import words_in, words_of
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
OLD_CODE = "1442391"
CODE_WORDS = ("kodas teisingas", "reikia patikrinti", "dar nežinomas", "neturi")


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def main_part(response, tag, kind):
    """Read the first such element of a page, without its marks."""
    text = response.content.decode()
    found = re.search(f'<{tag} class="{kind}">.*?</{tag}>', text, re.DOTALL)
    return words_in(found[0])


def where(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def row_of(contest, organisation):
    return reverse(
        "submissions:register-organisation", args=[contest.slug, organisation.pk]
    )


# --- The register -------------------------------------------------------------


def test_a_row_is_found_by_a_word_and_by_a_former_code(contest, browser):
    found = OrganisationFactory(name="Šešuolių bendruomenė", former_codes=[OLD_CODE])
    found.set_name(found.name)
    found.set_search()
    found.save()
    OrganisationFactory(name="Kita bendruomenė")

    for words in ("sesuoliu", OLD_CODE):
        page = words_of(browser.get(where("register", contest), {"q": words}))
        assert "Šešuolių bendruomenė" in page
        assert "Kita bendruomenė" not in page


@pytest.mark.parametrize(
    ("code", "state", "told"),
    [
        ("195745792", "valid", "195745792 kodas teisingas"),
        ("195745792", "to_check", "195745792 kodą reikia patikrinti"),
        ("", "to_check", "kodas dar nežinomas"),
        ("", "missing", "kodo neturi"),
    ],
)
def test_of_a_code_one_thing_is_said(code, state, told, contest, browser):
    row = OrganisationFactory(name="Kražių bendruomenė", code=code, code_state=state)
    one = reverse("submissions:register-organisation", args=[contest.slug, row.pk])

    card = main_part(browser.get(where("register", contest)), "li", "card")
    head = main_part(browser.get(one), "p", "lead")

    assert told in card
    assert told in head
    others = [words for words in CODE_WORDS if words not in told]
    assert [words for words in others if words in card + head] == []


def test_codes_to_check_and_likely_duplicates_are_counted_and_shown(contest, browser):
    OrganisationFactory(name="Kražių bendruomenė", code="", municipality="")
    OrganisationFactory(name="Kražių kaimo bendruomenė", code_state="missing")
    OrganisationFactory(name="Svari", code="195745792", code_state="valid")

    def shown(kind):
        page = browser.get(where("register", contest), {"show": kind})
        return {row.name for row in page.context["page"]}

    assert shown("to_check") == {"Kražių bendruomenė"}
    assert shown("twice") == {"Kražių bendruomenė", "Kražių kaimo bendruomenė"}
    assert len(shown("")) == 3


def test_namesakes_of_two_municipalities_are_not_doubtful():
    OrganisationFactory(name="Kražių bendruomenė", municipality="LT-19")
    OrganisationFactory(name="Kražių bendruomenė", municipality="LT-53")

    assert not Organisation.objects.doubtful().exists()


def test_what_is_doubtful_is_what_each_row_is_like():
    rows = [
        OrganisationFactory(name=name, municipality=place)
        for name in ("Kražių bendruomenė", "Kražių kaimo bendruomenė", "Kita")
        for place in ("", "LT-19", "LT-53")
    ]

    doubtful = set(Organisation.objects.doubtful())

    assert doubtful == {r for r in rows if Organisation.objects.like(r).exists()}


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    OrganisationFactory.create_batch(count)

    with django_assert_num_queries(10):
        browser.get(where("register", contest))


@pytest.mark.parametrize("count", [1, 3])
def test_a_row_costs_as_much_with_any_history(
    count, contest, browser, django_assert_num_queries
):
    organisation = OrganisationFactory()
    RepresentativeFactory.create_batch(count, organisation=organisation)
    for number in range(count):
        AwardFactory(
            organisation=organisation,
            series=contest.series,
            edition=f"{number}",
        )
        correct(browser, contest, organisation, name=f"Vardas {number}")

    with django_assert_num_queries(13):
        browser.get(row_of(contest, organisation))


def test_a_row_shows_its_people_its_editions_and_its_history(contest, browser):
    organisation = OrganisationFactory()
    person = RepresentativeFactory(organisation=organisation).person
    sent = SubmissionFactory(
        contest=contest, organisation=organisation, state="submitted"
    )
    draft = SubmissionFactory(contest=contest, organisation=organisation, state="draft")
    elsewhere = SubmissionFactory(organisation=organisation, state="submitted")
    correct(browser, contest, organisation, name="Naujas vardas", reason="Persivadino.")

    page = words_of(browser.get(row_of(contest, organisation)))

    assert person.email in page
    assert sent.reference in page
    assert organisation.phone in page
    assert "Persivadino." in page
    assert f"{organisation.name} → Naujas vardas" in page
    assert draft.title not in page
    assert str(elsewhere.contest) not in page


def test_a_coordinator_on_the_panel_sees_no_contacts_while_judging():
    contest = ContestFactory(phase="judging")
    person = CoordinatorFactory(contest=contest).person
    JurorFactory(contest=contest, person=person)
    acting = RepresentativeFactory(name="Ona Onaitė")

    page = words_of(browser_of(person).get(row_of(contest, acting.organisation)))

    assert acting.organisation.phone not in page
    assert acting.person.email not in page
    assert acting.name not in page


def test_an_organiser_merges_without_seeing_contacts(contest):
    member = OrganiserMemberFactory(organiser=contest.series.organiser).person
    one, other = (RepresentativeFactory(name="Ona Onaitė"), OrganisationFactory())
    stays = one.organisation
    browser = browser_of(member)

    row = words_of(browser.get(row_of(contest, stays)))
    compared = words_of(browser.get(where("merge", contest, stays.pk, other.pk)))

    assert stays.name in row
    assert stays.name in compared
    for secret in (stays.email, stays.phone, one.name, one.person.email, other.email):
        assert secret not in row + compared


def test_a_row_of_another_country_is_not_there(contest, browser):
    foreign = OrganisationFactory(country="LV", municipality="")

    assert browser.get(row_of(contest, foreign)).status_code == 404
    for name in ("correct-organisation", "merge-choice"):
        assert browser.get(where(name, contest, foreign.pk)).status_code == 404


# --- Corrections --------------------------------------------------------------


def correct(browser, contest, organisation, **typed):
    """Send the form as it stands, with what is typed into it."""
    address = where("correct-organisation", contest, organisation.pk)
    form = browser.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return browser.post(address, {**values, "reason": "Taip yra.", **typed})


def test_a_row_is_corrected_and_only_what_differs_recorded(contest, browser):
    organisation = OrganisationFactory(code=OLD_CODE, code_state="to_check")

    answer = correct(browser, contest, organisation, code_state="valid")

    assert answer.status_code == 302
    organisation.refresh_from_db()
    assert organisation.code_state == "valid"
    event = Event.objects.get(action="contest.correct_organisation")
    assert event.details["fields"] == ["code_state"]


def test_a_wrong_code_is_refused_beside_what_was_typed(contest, browser):
    organisation = OrganisationFactory(code="195745792", code_state="valid")

    answer = correct(browser, contest, organisation, code="195745793")

    assert answer.status_code == 400
    assert 'value="195745793"' in answer.content.decode()
    organisation.refresh_from_db()
    assert organisation.code == "195745792"


def test_a_correction_that_corrects_nothing_is_told(contest, browser):
    organisation = OrganisationFactory()

    answer = correct(browser, contest, organisation)

    assert answer.status_code == 400
    assert not Event.objects.filter(action="contest.correct_organisation").exists()


def test_two_corrections_at_once_show_both_texts(contest, browser):
    organisation = OrganisationFactory()
    address = where("correct-organisation", contest, organisation.pk)
    stale = {"version": organisation.version}
    correct(browser, contest, organisation, name="Pirmas vardas")

    answer = correct(browser, contest, organisation, name="Antras vardas", **stale)

    assert answer.status_code == 412
    page = words_of(answer)
    assert "Pirmas vardas" in page
    assert "Antras vardas" in answer.content.decode()
    assert browser.get(address).context["form"]["name"].value() == "Pirmas vardas"


# --- Merging ------------------------------------------------------------------


def test_two_rows_are_compared_and_merged(contest, browser):
    stays, goes = (
        OrganisationFactory(eldership=""),
        OrganisationFactory(eldership="Kražių"),
    )
    RepresentativeFactory(organisation=goes)
    address = where("merge", contest, stays.pk, goes.pk)

    compared = browser.get(address)
    without = browser.post(address, {"reason": ""})
    still = Organisation.objects.get(pk=goes.pk).merged_into_id
    merged = browser.post(address, {"reason": "Ta pati bendruomenė."})

    assert compared.context["plan"].takes_over == ["eldership"]
    assert [count for _words, count in compared.context["moves"]] == [1]
    assert (without.status_code, still) == (400, None)
    assert merged.status_code == 302
    assert Organisation.objects.get(pk=goes.pk).merged_into == stays
    assert browser.get(row_of(contest, goes)).context["organisation"] == stays
    assert browser.get(address).status_code == 302


def test_rows_with_people_of_their_own_are_not_merged_and_it_is_told(contest, browser):
    stays, goes = (RepresentativeFactory().organisation for _ in range(2))
    address = where("merge", contest, stays.pk, goes.pk)

    compared = browser.get(address)
    answer = browser.post(address, {"reason": "Ta pati bendruomenė."})

    assert compared.context["plan"] is None
    assert stays.name in compared.context["refusal"]
    assert answer.status_code == 409
    assert Organisation.objects.get(pk=goes.pk).merged_into is None


def test_likely_twins_and_found_rows_are_offered_for_merging(contest, browser):
    row = OrganisationFactory(name="Kražių bendruomenė")
    twin = OrganisationFactory(name="Kražių kaimo bendruomenė")
    other = OrganisationFactory(name="Kita")

    page = browser.get(where("merge-choice", contest, row.pk), {"q": "kita"})

    assert list(page.context["alike"]) == [twin]
    assert list(page.context["found"]) == [other]


def test_everything_that_a_merge_moves_has_a_word():
    labels = {model._meta.label_lower for model, _name in _pointers()}

    assert labels == set(MOVED)


def test_every_field_of_the_register_has_a_label():
    assert {*KEPT, *CONTACTS, *HEADERS} <= set(FIELD_LABELS)
