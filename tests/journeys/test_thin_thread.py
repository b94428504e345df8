"""From organiser to workbook, wholly through the API, as people do it."""

import pytest

from tests.journeys.steps import (
    act,
    announce,
    assign,
    begin,
    change,
    close_collection,
    decide,
    exported,
    invite_juror,
    new_coordinator,
    ok,
    ranked,
    register,
    represent,
    score,
    send,
)

pytestmark = [pytest.mark.thread, pytest.mark.django_db(transaction=True)]

SLUG = "sumani"
STATEMENTS = {
    "summary": "Kas padaryta",
    "innovation": "Kas nauja",
    "success": "Kas pavyko",
    "social_responsibility": "Kam tai naudinga",
}
CHECKS = {"leader_project": True, "implemented": True, "applicant": True}
CRITERIA = ("innovation", "success", "social_responsibility", "originality")
# Values by entry and juror, in the order of the criteria.
SHEETS = {
    "A": [(9, 8, 7, 5), (8, 8, 8, 6)],
    "B": [(7, 9, 10, 9), (10, 7, 6, 10)],
    "C": [(5, 5, 5, 1), (6, 5, 4, 1)],
}


def test_an_edition_runs_from_organiser_to_workbook():
    coordinator = new_coordinator()
    announce(coordinator, SLUG)
    entries = [enter(coordinator, name) for name in SHEETS]

    close_collection(coordinator, SLUG)
    for entry in entries:
        decide(
            coordinator, entry, leader_project=True, implemented=True, applicant=True
        )
    jurors = [invite_juror(coordinator, SLUG, number) for number in (1, 2)]
    assign(coordinator, SLUG, everything=True)
    act(coordinator, SLUG, "open_judging")
    for number, juror in enumerate(jurors):
        score(juror, lambda title, at=number: values(title, at))
    act(coordinator, SLUG, "close_judging")

    # By hand: A (8.5+8+7.5)/3 = 80.00; B (8.5+8+8)/3 = 81.67; C (5.5+5+4.5)/3 = 50.00.
    assert ranked(coordinator, SLUG) == [
        (1, "B", "81.67"),
        (2, "A", "80.00"),
        (3, "C", "50.00"),
    ]
    assert [row[1:] for row in ranked(coordinator, SLUG, "most_original")] == [
        ("B", "95.00"),
        ("A", "55.00"),
        ("C", "10.00"),
    ]
    overall = exported(coordinator, SLUG)["Overall"]
    assert overall == [(1, "B", 81.67), (2, "A", 80), (3, "C", 50)]


def values(title, number):
    return dict(zip(CRITERIA, SHEETS[title][number], strict=True))


def enter(coordinator, name):
    organisation = register(coordinator, f"Bendruomenė „{name}“")
    email = f"{name.lower()}@example.org"
    chairwoman = represent(coordinator, SLUG, organisation, email)
    draft = ok(begin(chairwoman, SLUG, organisation, title="Juodraštis"), 201)
    changed = ok(change(chairwoman, draft, title=name, **STATEMENTS))
    receipt = ok(send(chairwoman, changed))
    assert receipt["reference"].startswith("2026-")
    return draft["id"]
