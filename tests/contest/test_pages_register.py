"""The coordinator's pages of the register: found, corrected, brought in, merged."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from contest.pages.wording import MOVED
from jobs import runner
from organisations.history import CONTACTS, KEPT
from organisations.imports.columns import HEADERS
from organisations.labels import FIELD_LABELS
from organisations.merging import _pointers
from organisations.models import ImportRun, Organisation, RegisterExport
from tests.contest import registers
from tests.factories import (
    AwardFactory,
    ContestFactory,
    CoordinatorFactory,
    ImportProblemFactory,
    ImportRunFactory,
    JurorFactory,
    OrganisationFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.organisations.imports import corpus
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
OLD_CODE = "1442391"
CODE_WORDS = ("kodas teisingas", "reikia patikrinti", "dar nežinomas", "neturi")


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"
    settings.IMPORT_FILES_DIR = tmp_path / "imports"


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
    return " ".join(unescape(re.sub("<[^>]*>", " ", found[0])).split())


@pytest.fixture
def send(contest, browser, tmp_path):
    """Bring a table in by the form; let its dry run be done."""

    def bring(table, name="register.csv", *, check=True):
        make = corpus.as_xlsx if name.endswith("xlsx") else corpus.as_csv
        content = make(table, tmp_path / name).read_bytes()
        answer = upload(browser, contest, content, name)
        assert answer.status_code == 302
        if check:
            runner.run(ImportRun.objects.latest("created_at").check_job_id)
        return answer["Location"]

    return bring


def upload(browser, contest, content, name):
    file = SimpleUploadedFile(name, content)
    return browser.post(where("register-imports", contest), {"file": file})


def where(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def row_of(contest, organisation):
    return reverse(
        "submissions:register-organisation", args=[contest.slug, organisation.pk]
    )


def text_of(response):
    main = re.search("<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub("<[^>]+>", " ", main)).split())


# --- The register -------------------------------------------------------------


def test_a_row_is_found_by_a_word_and_by_a_former_code(contest, browser):
    found = OrganisationFactory(name="Šešuolių bendruomenė", former_codes=[OLD_CODE])
    found.set_name(found.name)
    found.set_search()
    found.save()
    OrganisationFactory(name="Kita bendruomenė")

    for words in ("sesuoliu", OLD_CODE):
        page = text_of(browser.get(where("register", contest), {"q": words}))
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

    page = text_of(browser.get(row_of(contest, organisation)))

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

    page = text_of(browser_of(person).get(row_of(contest, acting.organisation)))

    assert acting.organisation.phone not in page
    assert acting.person.email not in page
    assert acting.name not in page


def test_an_organiser_merges_without_seeing_contacts(contest):
    member = OrganiserMemberFactory(organiser=contest.series.organiser).person
    one, other = (RepresentativeFactory(name="Ona Onaitė"), OrganisationFactory())
    stays = one.organisation
    browser = browser_of(member)

    row = text_of(browser.get(row_of(contest, stays)))
    compared = text_of(browser.get(where("merge", contest, stays.pk, other.pk)))

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
    page = text_of(answer)
    assert "Pirmas vardas" in page
    assert "Antras vardas" in answer.content.decode()
    assert browser.get(address).context["form"]["name"].value() == "Pirmas vardas"


# --- Files brought in ---------------------------------------------------------


def test_a_file_is_looked_at_then_written(browser, send):
    address = send(registers.rows(3))
    before = Organisation.objects.count()
    looked = browser.get(address)

    answer = browser.post(address, {"mode": "all_or_nothing"})
    runner.run(ImportRun.objects.get().apply_job_id)
    applied = browser.get(address)

    assert before == 0
    assert looked.context["counts"]["new"] == 3
    assert "utf-8" in text_of(looked)
    assert answer.status_code == 302
    assert Organisation.objects.count() == 3
    assert applied.context["state"] == "applied"


def test_errors_are_told_by_row_column_and_what_is_allowed(browser, send):
    table = registers.rows(6)
    planted = registers.plant(table, 3)

    page = browser.get(send(table, "register.xlsx"))

    shown = {(p.row, p.code) for p, _words in page.context["problems"]}
    assert shown >= {(row, code) for row, (_column, code) in planted.items()}
    assert 'value="good_rows"' in page.content.decode()
    assert 'value="all_or_nothing"' not in page.content.decode()


def test_the_good_rows_are_written_and_the_others_fetched(contest, browser, send):
    table = registers.rows(6)
    planted = registers.plant(table, 3)
    address = send(table, "register.xlsx")
    browser.post(address, {"mode": "good_rows"})
    run = ImportRun.objects.get()
    runner.run(run.apply_job_id)

    rejected = workbook(browser, where("register-import-rejected", contest, run.pk))
    problems = workbook(browser, where("register-import-problems", contest, run.pk))

    assert Organisation.objects.count() == 3
    assert len(rejected) == 1 + 3
    assert {int(row[0]) for row in problems[1:]} == set(planted)
    assert all(row[3] for row in problems[1:])


def workbook(browser, address):
    content = browser.get(address).getvalue()
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "tuscias.csv", 400),
        (b"%PDF-1.7 ...", "sarasas.pdf", 400),
        (b"PK\x03\x04", "sarasas.csv", 400),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_a_way_out(
    content, name, code, contest, browser
):
    answer = upload(browser, contest, content, name)

    assert answer.status_code == code
    assert ".xlsx" in text_of(answer)
    assert not ImportRun.objects.exists()


def test_no_file_is_told_beside_the_field(contest, browser):
    answer = browser.post(where("register-imports", contest), {})

    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(("times", "status"), [(2, 400), (9, 413)])
def test_too_large_a_file_is_told_with_both_sizes(
    times, status, contest, browser, settings
):
    settings.IMPORT_MAX_BYTES = 1024 * 1024

    content = b"Pavadinimas\n" + b"x" * times * settings.IMPORT_MAX_BYTES
    answer = upload(browser, contest, content, "didelis.csv")

    assert answer.status_code == status
    assert f"{times} MB" in text_of(answer)
    assert "1 MB" in text_of(answer)
    assert not ImportRun.objects.exists()


def test_a_file_that_cannot_be_read_says_why(browser, send):
    page = browser.get(send([("Miestas", "Šalis"), ("Kelmė", "LT")]))

    assert page.context["state"] == "refused"
    assert "Miestas, Šalis" in text_of(page)


def test_a_file_under_way_is_followed_with_and_without_a_script(browser, send):
    address = send(registers.rows(1), check=False)

    page = browser.get(address).content.decode()

    assert "<progress" in page
    assert "hx-get" in page
    assert f'href="{address}"' in page


def test_what_failed_is_told_and_not_offered_to_be_written(contest, browser):
    run = ImportRunFactory(contest_id=contest.pk, check_job__failed=True, counts={})

    page = browser.get(where("register-import", contest, run.pk))

    assert page.status_code == 200
    assert 'name="mode"' not in page.content.decode()


def test_after_its_time_a_file_is_read_and_not_written():
    contest = ContestFactory(phase="judging")
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    run = ImportRunFactory(contest_id=contest.pk)
    address = where("register-import", contest, run.pk)

    page = browser.get(address)
    answer = browser.post(address, {"mode": "good_rows"})

    assert page.status_code == 200
    assert 'name="mode"' not in page.content.decode()
    assert answer.status_code == 403
    run.refresh_from_db()
    assert run.apply_job is None


def test_a_file_of_another_contest_is_not_there(contest, browser):
    foreign = ImportRunFactory(contest_id=ContestFactory().pk)

    for name in ("", "-problems", "-rejected"):
        address = where(f"register-import{name}", contest, foreign.pk)
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_files_brought_in_cost_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    runs = ImportRunFactory.create_batch(count, contest_id=contest.pk)
    ImportProblemFactory.create_batch(count, run=runs[0])

    with django_assert_num_queries(7):
        browser.get(where("register-imports", contest))
    with django_assert_num_queries(7):
        browser.get(where("register-import", contest, runs[0].pk))


# --- The register as a file ---------------------------------------------------


def test_the_register_is_asked_for_followed_and_fetched(contest, browser):
    OrganisationFactory(phone="+370 612 34567")
    asked = browser.post(where("register-files", contest), {"with_contacts": "on"})
    waits = browser.get(where("register-files", contest)).content.decode()
    export = RegisterExport.objects.get()
    runner.run(export.job_id)

    page = browser.get(where("register-files", contest)).content.decode()
    rows = workbook(browser, where("register-file", contest, export.pk))

    assert asked.status_code == 302
    assert "<progress" in waits
    assert "SHA-256" in page
    assert "+370 612 34567" in rows[1]
    assert Event.objects.filter(action="contest.download_register").exists()


def test_contacts_are_not_offered_where_they_may_not_be_had():
    contest = ContestFactory(phase="set-up")
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    page = browser.get(where("register-files", contest)).content.decode()
    browser.post(where("register-files", contest), {"with_contacts": "on"})

    assert "with_contacts" not in page
    assert not RegisterExport.objects.get().with_contacts


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
