"""What the files say of a contest, read back from the workbook itself."""

import csv
import re
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.utils import translation
from openpyxl import load_workbook

from contest import rulebook
from contest.models import Contest
from core import clock
from exports import services
from exports.selectors.left_out import without_contacts
from jobs import files, runner
from scoring.models import Sheet
from submissions.models import Submission
from tests.exports.workbooks.reading import table
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.world import QUESTION

pytestmark = pytest.mark.django_db

PHONE, EMAIL = "+370 612 34567", "slapta@example.org"
NINE = {"innovation": 9, "success": 8, "social_responsibility": 7, "originality": 5}
SIX = {"innovation": 6, "success": 6, "social_responsibility": 6, "originality": 6}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"


@pytest.fixture
def contest():
    document = rulebook.template("lkbs") | {"questions": [QUESTION]}
    return ContestFactory(document=document)


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest, person__name="Rima")


@pytest.fixture
def judged(contest):
    """Two ranked, one withdrawn, one ineligible; contacts wherever one can stand."""
    panel = [
        JurorFactory(
            contest=contest, person__name=name, person__email=f"{name.lower()}@x.lt"
        )
        for name in ("Aldona", "Benas")
    ]
    organisation = OrganisationFactory(
        name="Žiogelių bendruomenė", email=EMAIL, phone=PHONE, municipality=""
    )
    RepresentativeFactory(
        organisation=organisation, person__name="Slapta Ona", person__email=EMAIL
    )
    contacts = {
        "contact_name": "Slapta Ona",
        "contact_email": EMAIL,
        "contact_phone": PHONE,
    }
    first = SubmissionFactory(
        **contacts,
        contest=contest,
        organisation=organisation,
        title="=1+1",
        total=Decimal("1000.10"),
        grant_awarded=Decimal("800.05"),
        grant_paid=Decimal("800.00"),
        answers={"why": "Nes reikia"},
    )
    second = SubmissionFactory(
        **contacts,
        contest=contest,
        organisation__name="Gervių asociacija",
        organisation__country="PL",
        organisation__municipality="Marcinów",
        total=Decimal("2000.20"),
    )
    out = SubmissionFactory(contest=contest, state="ineligible", **contacts)
    gone = SubmissionFactory(contest=contest, state="withdrawn", **contacts)
    Submission.objects.filter(pk=out.pk).update(
        decision_reason=f"Ne LEADER, rašyti {EMAIL}"
    )
    Submission.objects.filter(pk=gone.pk).update(withdrawn_reason=f"Skambinti {PHONE}")
    for entry, values in ((first, NINE), (second, SIX)):
        assignment = AssignmentFactory(submission=entry, juror=panel[0])
        SheetFactory(assignment=assignment, sent=True, values=values)
    AssignmentFactory(
        submission=first,
        juror=panel[1],
        in_conflict=True,
        conflict_reason=f"Giminaitė, {EMAIL}",
    )
    return contest


def made(coordinator, **wanted):
    """The finished file of a wish, from the database as it is now."""
    export = services.request_export(
        **{"contest": coordinator.contest, "language": "en", "by": coordinator.person}
        | wanted
    )
    runner.run(export.job_id)
    export.job.refresh_from_db()
    export.refresh_from_db()
    assert export.job.state == "done", export.job.error
    return export, files.path_of(export.job.file_name).read_bytes()


def workbook(coordinator, **wanted):
    return load_workbook(BytesIO(made(coordinator, **wanted)[1]), data_only=True)


@pytest.mark.usefixtures("judged")
def test_no_personal_contact_is_anywhere_in_a_ranking(coordinator):
    for wanted in ({"kind": "ranking"}, {"kind": "entries"}):
        _export, content = made(coordinator, **wanted)
        archive = ZipFile(BytesIO(content))
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()

        digits = re.sub(r"[^0-9]", "", PHONE)
        assert EMAIL not in whole
        assert "Slapta" not in whole
        assert digits not in re.sub(r"[ ()-]", "", whole)
        assert "@x.lt" not in whole


@pytest.mark.usefixtures("judged")
def test_contacts_are_a_file_of_their_own(coordinator):
    book = workbook(coordinator, kind="contacts", reason="Kvietimai")

    row = table(book["Contacts"])[0]
    assert (row["E-mail"], row["Telephone"]) == (EMAIL, PHONE)
    assert row["Who acts for it"] == f"Slapta Ona <{EMAIL}>"


@pytest.mark.usefixtures("judged")
def test_exclusions_say_what_does_not_count_and_why(coordinator):
    rows = table(workbook(coordinator)["Exclusions"])

    assert [(row["What"], row["Reference"], row["Juror"]) for row in rows] == [
        ("ineligible", "2026-003", None),
        ("withdrawn", "2026-004", None),
        ("conflict of interest", "2026-001", "J02 Benas"),
    ]
    assert rows[0]["Reason"] == "Ne LEADER, rašyti […]"
    assert rows[1]["Reason"] == "Skambinti […]"
    assert rows[2]["Reason"].endswith(": Giminaitė, […]")


@pytest.mark.usefixtures("judged")
def test_comments_stand_on_a_sheet_of_their_own_without_contacts(contest, coordinator):
    sheet = Sheet.objects.get(assignment__submission__reference="2026-001")
    Sheet.objects.filter(pk=sheet.pk).update(
        comment_commission="=Ginčytina", comment_entrant=f"Rašykite {EMAIL}"
    )
    sheet.scores.filter(criterion__code="success").update(comment="Pavyko")
    other = Sheet.objects.get(assignment__submission__reference="2026-002")
    Sheet.objects.filter(pk=other.pk).update(
        comment_commission="Neskaičiuojama",
        excluded_at=clock.now(),
        excluded_reason="Klaida",
    )

    rows = table(workbook(coordinator)["Comments"])
    unnamed = table(workbook(coordinator, names_jurors=False)["Comments"])

    titles = {
        c["code"]: c["title"]["en"] for c in contest.rulebook.document["criteria"]
    }
    assert [tuple(row.values()) for row in rows] == [
        (
            *("2026-001", "=1+1", "J01 Aldona", "On the whole"),
            *("=Ginčytina", "Rašykite […]"),
        ),
        ("2026-001", "=1+1", "J01 Aldona", titles["success"], "Pavyko", None),
    ]
    assert {row["Juror"] for row in unnamed} == {"J01"}


@pytest.mark.usefixtures("judged")
def test_entries_tell_the_facts_of_all_that_were_sent(coordinator):
    rows = table(workbook(coordinator)["Entries"])

    assert [row["State"] for row in rows] == [
        *("eligible", "eligible", "ineligible", "withdrawn")
    ]
    assert rows[0]["Title"] == "=1+1"
    assert rows[0]["Total value, EUR"] == 1000.10
    assert rows[0]["Organisation"] == "Žiogelių bendruomenė"
    where = [(row["Country"], row["Municipality"], row["County"]) for row in rows[:3]]
    assert where == [
        ("Lithuania", None, None),
        ("Poland", "Marcinów", None),
        ("Lithuania", "Kelmės rajono savivaldybė", "Šiaulių apskritis"),
    ]


@pytest.mark.usefixtures("judged")
def test_matrix_has_the_totals_of_sent_sheets(coordinator):
    rows = table(workbook(coordinator)["Matrix"])

    assert rows[0]["J01 Aldona"] == 80.0
    assert rows[0]["J02 Benas"] == "×"
    assert (rows[1]["J01 Aldona"], rows[1]["Sheets"], rows[1]["Mean"]) == (60.0, 1, 60)


@pytest.mark.usefixtures("judged")
def test_jurors_are_counted_and_measured(coordinator):
    first, second = table(workbook(coordinator)["Jurors"])

    assert (first["Juror"], first["Name"], first["Role"]) == ("J01", "Aldona", "member")
    assert (first["Entries assigned"], first["Sheets sent"]) == (2, 2)
    assert (first["Mean of totals"], first["Lowest"], first["Highest"]) == (70, 60, 80)
    assert first["Spread"] == 14.14
    assert (second["Conflicts of interest"], second["Sheets counted"]) == (1, 0)


@pytest.mark.usefixtures("judged")
def test_jurors_can_be_shown_by_number_only(coordinator):
    book = workbook(coordinator, names_jurors=False)

    shown = {
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
    }
    assert not any("Aldona" in text for text in shown)
    assert table(book["Scores"])[0]["Juror"] == "J01"


@pytest.mark.usefixtures("judged")
def test_summary_counts_and_sums_by_group(coordinator):
    rows = {
        row[0]: row[1:]
        for row in workbook(coordinator)["Summary"].iter_rows(values_only=True)
    }

    assert rows["All entries sent"] == (
        *(4, 2, 1, 1),
        *(3000.30, 800.05, 800.00, 3000.30, 800.05, 800.00),
    )
    assert rows["community"][:4] == (4, 2, 1, 1)
    assert rows["Together"] == rows["All entries sent"]


def test_masked_organisations_are_named_nowhere(judged, coordinator):
    Contest.objects.filter(pk=judged.pk).update(masks_organisations=True)

    for kind in ("ranking", "entries"):
        _export, content = made(coordinator, kind=kind)
        archive = ZipFile(BytesIO(content))
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
        assert "Žiogelių" not in whole


@pytest.mark.usefixtures("judged")
def test_entries_have_a_column_for_each_own_question(coordinator):
    _export, content = made(coordinator, kind="entries", file_format="csv")

    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Kodėl?"] == "Nes reikia"
    assert rows[0]["Title"] == "'=1+1"
    assert rows[0]["Total value, EUR"] == "1000,10"


@pytest.mark.parametrize(
    ("phase", "interim"), [("judging", True), ("published", False)]
)
def test_a_ranking_is_interim_until_judging_is_closed(phase, interim):
    coordinator = CoordinatorFactory(contest__phase=phase)
    export, content = made(coordinator)
    book = load_workbook(BytesIO(content))

    title = book["Ranking"]["A1"].value
    assert title.startswith("INTERIM · ") is interim
    assert (book["Matrix"].oddHeader.center.text == "INTERIM") is interim
    assert ("INTERIM" in (book.properties.title or "")) is interim
    assert export.is_interim is interim


@pytest.mark.usefixtures("judged")
def test_lithuanian_sheets_have_lithuanian_names(coordinator):
    with translation.override("lt"):
        expected = translation.gettext("Ranking")

    assert workbook(coordinator, language="lt").sheetnames[0] == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rašykite a.b@c.lt šiandien", "rašykite […] šiandien"),
        ("tel. 8 612 34567", "tel. […]"),
        ("tel. +37061234567.", "tel. […]."),
        ("42VS-PV-21-1-03594", "42VS-PV-21-1-03594"),
        ("LEADER-19.2-SAVA-4.1", "LEADER-19.2-SAVA-4.1"),
        ("2026-11-22, 15 000 Eur", "2026-11-22, 15 000 Eur"),
    ],
)
def test_reasons_lose_contacts_and_nothing_else(text, shown):
    assert without_contacts(text) == shown


@pytest.mark.slow
@pytest.mark.usefixtures("judged")
def test_every_sheet_is_the_same_after_recalculation(coordinator, convert):
    _export, content = made(coordinator)

    ours = load_workbook(BytesIO(content), data_only=True)
    theirs = load_workbook(convert(BytesIO(content), "xlsx"), data_only=True)

    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours:
        other = theirs[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert other[cell.coordinate].value == cell.value, (sheet.title, cell)
