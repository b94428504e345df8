"""The data file becomes bodies of requests: nothing is added, nothing guessed."""

import csv
from collections import Counter
from dataclasses import replace

import pytest

from config.demo.projects import (
    DATA,
    NOT_IN_SOURCE,
    STATEMENTS,
    Project,
    entry_body,
    in_lithuanian,
    organisation_body,
    read_projects,
    summary,
    verdict,
)
from contest.rulebook import read, template
from organisations.countries import country
from organisations.models import Organisation
from submissions.content import CONTENT_FIELDS

ROW = Project(
    organisation="Asociacija „Pavyzdys“",
    org_kind="community",
    title="„Pirmas“: pavyzdys",
    municipality_lt="Kelmės r.",
    municipality_iso="LT-19",
    vvg="Kelmės krašto partnerystės vietos veiklos grupė",
    programme="LEADER 2014-2020",
    project_no="KELM-LEADER-6B-KV-4-1-2018",
    measure_code="LEADER-19.2-SAVA-8.1",
    grant_eur="14915.00",
    total_eur="15700.00",
    amount_other="",
    year="2019",
    date_from="2019-01-11",
    date_to="2019-12-30",
    award="",
    note="aid share 95 %",
    source="http://www.example.org/projektas/",
)
EMPTY = Project(
    **{
        **dict.fromkeys(Project.__dataclass_fields__, ""),
        "organisation": "Kaimas",
        "org_kind": "community",
        "programme": "LEADER 2014-2020",
        "source": "https://example.org/",
    }
)


def remarks(projects):
    for project in projects:
        yield from (project.programme, project.amount_other, project.note)


# --- Organisations ------------------------------------------------------------


def test_organisation_has_no_code_that_nobody_published():
    assert organisation_body(ROW) == {
        "name": "Asociacija „Pavyzdys“",
        "kind": "community",
        "municipality": "LT-19",
        "action_group": "Kelmės krašto partnerystės vietos veiklos grupė",
        "i_represent": False,
    }


@pytest.mark.parametrize(
    ("published", "kind"),
    [
        ("community", "community"),
        ("ngo", "ngo"),
        ("public body", "public_body"),
        ("municipality", "public_body"),
        ("lag", "action_group"),
    ],
)
def test_organisation_kind_is_one_of_the_register(published, kind):
    assert organisation_body(replace(ROW, org_kind=published))["kind"] == kind
    assert kind in Organisation.Kind.values


# --- Entries ------------------------------------------------------------------


def test_entry_takes_what_the_row_says():
    body = entry_body(ROW)

    assert body == {
        "title": "„Pirmas“: pavyzdys",
        "summary": summary(ROW),
        "measure": "LEADER-19.2-SAVA-8.1",
        "project_number": "KELM-LEADER-6B-KV-4-1-2018",
        "total": "15700.00",
        "grant_awarded": "14915.00",
        "started_on": "2019-01-11",
        "finished_on": "2019-12-30",
        "municipality": "LT-19",
        "action_group": "Kelmės krašto partnerystės vietos veiklos grupė",
        "links": ["http://www.example.org/projektas/"],
    }


def test_entry_leaves_empty_what_the_row_does_not_say():
    assert entry_body(EMPTY) == {
        "title": "",
        "summary": "Programa: LEADER 2014-2020\nŠaltinis: https://example.org/",
        "measure": "",
        "project_number": "",
        "total": None,
        "grant_awarded": None,
        "started_on": None,
        "finished_on": None,
        "municipality": "",
        "action_group": "",
        "links": ["https://example.org/"],
    }


def test_amount_in_litas_stays_a_published_fact():
    old = replace(EMPTY, amount_other="113979.98 LTL (grant)")

    body = entry_body(old)

    assert (body["total"], body["grant_awarded"]) == (None, None)
    assert "Sumos, kaip paskelbta: 113979.98 LTL (parama)" in body["summary"]


def test_paid_grant_is_told_from_the_awarded_one():
    note = "grant = amount paid (97636.00 awarded); intensity 95 %"

    body = entry_body(replace(EMPTY, grant_eur="97633.83", note=note))

    assert body["grant_awarded"] == "97636.00"
    assert body["grant_paid"] == "97633.83"


def test_source_without_an_address_makes_no_link():
    body = entry_body(replace(EMPTY, source="(a page without an address)"))

    assert body["links"] == []
    assert body["summary"].endswith("Šaltinis: adresas nežinomas")


def test_summary_tells_every_fact_in_lithuanian():
    row = replace(ROW, award="Krašto auksas 2020, Klaipėdos apskritis")

    assert summary(row).splitlines() == [
        "Programa: LEADER 2014-2020",
        "Savivaldybė: Kelmės r.",
        "Vietos veiklos grupė: Kelmės krašto partnerystės vietos veiklos grupė",
        "Metai: 2019",
        "Apdovanojimas: Krašto auksas 2020, Klaipėdos apskritis",
        "Sumos, kaip paskelbta: parama 14915.00 EUR; projekto vertė 15700.00 EUR",
        "Pastaba: paramos dalis 95 %",
        "Šaltinis: http://www.example.org/projektas/",
    ]


def test_statements_say_that_the_source_has_none():
    asked = {"innovation", "success", "social_responsibility"}

    assert set(STATEMENTS) == asked < set(CONTENT_FIELDS)
    assert set(STATEMENTS.values()) == {NOT_IN_SOURCE}


# --- Verdicts -----------------------------------------------------------------


def test_leader_project_of_a_community_is_eligible():
    decision = verdict(ROW)

    assert decision.eligible
    assert decision.reason == ""
    assert set(decision.checks) == set(read(template("lkbs")).requirements)
    assert all(decision.checks.values())


def test_project_of_another_programme_is_ineligible():
    decision = verdict(replace(ROW, programme="national support (not LEADER)"))

    assert not decision.eligible
    assert decision.checks == {"leader_project": False, "applicant": True}
    assert decision.reason == (
        "leader_project: projektas finansuotas ne pagal KPP priemonę LEADER"
        " (programa: nacionalinė parama (ne LEADER))."
    )


@pytest.mark.parametrize("kind", ["public body", "municipality", "lag"])
def test_applicant_outside_the_rules_is_ineligible(kind):
    decision = verdict(replace(ROW, org_kind=kind))

    assert not decision.eligible
    assert decision.checks == {"leader_project": True, "applicant": False}
    assert decision.reason.startswith("applicant: pareiškėjas – ")


# --- The file -----------------------------------------------------------------


def test_file_holds_what_the_demonstration_counts_on():
    projects = read_projects()
    sent = [p for p in projects if p.organisation and p.title]

    assert len(projects) == 94
    assert len({p.organisation for p in projects if p.organisation}) == 85
    assert len([p for p in projects if not p.organisation]) == 1
    assert len([p for p in projects if not p.title]) == 2
    decided = Counter(verdict(p).reason.partition(":")[0] for p in sent)
    assert decided == {"": 54, "leader_project": 22, "applicant": 15}


def test_file_names_municipalities_by_known_codes():
    codes = {p.municipality_iso for p in read_projects()} - {""}

    assert codes <= set(country("LT").municipalities)


def test_every_english_remark_has_its_lithuanian():
    plain = {"", "LEADER 2014-2020", "LEADER 2007-2013", "KPP 2014-2020"}
    plain |= {"Biržų rajono kaimo vietovių VPS 2015-2023"}

    untranslated = {r for r in remarks(read_projects()) if in_lithuanian(r) == r}

    assert untranslated == plain


def test_no_translation_is_left_over():
    with (DATA / "remarks_lt.csv").open(encoding="utf-8", newline="") as file:
        translated = {row["remark"] for row in csv.DictReader(file)}
    awards = {project.award for project in read_projects()}

    assert translated <= set(remarks(read_projects())) | awards
