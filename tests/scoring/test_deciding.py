"""What the chair decides about ties: who, when, about what, and what it does."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from audit.models import Event
from contest import rulebook
from contest.course import record_act
from contest.phases import ActKind
from core.errors import Conflict, Invalid, NotNow, NotYours
from exports.selectors.ranking import ranking_report
from scoring.deciding import decide_tie
from scoring.excluding import exclude_sheet
from scoring.models import ChairDecision, FrozenResult
from scoring.placing import is_for_chair
from scoring.selectors import result_of, rules_in
from scoring.ties import ties_of
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    ExportFactory,
    JurorExtensionFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of
from tests.scoring.shown import shown_of

pytestmark = pytest.mark.django_db
CODES = [c["code"] for c in rulebook.template("lkbs")["criteria"]]
RULES = ["criterion:originality", "chair", "lot"]


def contest_of(values, **rules):
    """A contest of so many entries, each with a sheet of one value, judging closed."""
    document = rulebook.template("lkbs") | {"tie_breaks": RULES, "lot_seed": "x"}
    contest = ContestFactory(phase="deliberation", document=document | rules)
    juror = JurorFactory(contest=contest)
    for value in values:
        assignment = AssignmentFactory(
            submission=SubmissionFactory(contest=contest), juror=juror
        )
        scores = value if isinstance(value, dict) else dict.fromkeys(CODES, value)
        SheetFactory(assignment=assignment, values=scores, sent=True)
    return contest


@pytest.fixture
def contest():
    """Two ties of two and three, and one whom nobody ties with."""
    return contest_of([9, 9, 7, 7, 7, 5])


@pytest.fixture
def chair(contest):
    return JurorFactory(contest=contest, role="chair").person


def references(contest):
    return list(
        contest.submissions.order_by("reference").values_list("reference", flat=True)
    )


def decide(contest, by, order, nomination="overall", reason="Balsų dauguma."):
    return decide_tie(
        contest=contest, nomination=nomination, references=order, reason=reason, by=by
    )


def publish(contest, by):
    """Publish with whatever the chair left open."""
    kind = ActKind.PUBLISH
    record_act(contest=contest, kind=kind, reason="Nutarta.", by=by, confirmed=True)


def order_of(contest, code="overall"):
    lists = result_of(contest).ranking.lists
    return next(
        [(row.entry, row.place, row.shared) for row in ranked.rows]
        for ranked in lists
        if ranked.code == code
    )


def test_the_order_of_the_chair_makes_the_places(contest, chair):
    a, b, c, d, e, f = references(contest)

    decide(contest, chair, [b, a])
    decide(contest, chair, [e, c, d])

    assert order_of(contest) == [
        *((b, 1, False), (a, 2, False)),
        *((e, 3, False), (c, 4, False), (d, 5, False), (f, 6, False)),
    ]
    event = Event.objects.filter(action="scoring.decide_tie").first()
    assert (event.reason, event.details["references"]) == ("Balsų dauguma.", [b, a])


def test_the_newest_decision_about_a_tie_stands_and_both_are_kept(contest, chair):
    a, b, *_others = references(contest)

    decide(contest, chair, [b, a])
    decide(contest, chair, [a, b])

    assert [entry for entry, *_place in order_of(contest)][:2] == [a, b]
    assert ChairDecision.objects.count() == 2


@pytest.mark.parametrize("is_decided", [False, True])
@pytest.mark.parametrize(
    "rules",
    [
        ["chair"],
        ["chair", "lot"],
        ["median", "chair", "lot"],
        ["criterion:originality", "chair", "top_marks"],
    ],
)
def test_rows_lead_to_the_ties_that_there_are(rules, is_decided):
    """What a row is told by its tie-breaks, and what the page of ties finds."""
    contest = contest_of([9, 9, 7, 7, 7, 5], tie_breaks=rules)
    if is_decided:
        chair = JurorFactory(contest=contest, role="chair").person
        decide(contest, chair, references(contest)[:2])

    rows = next(r for r in result_of(contest).ranking.lists if r.code == "overall").rows
    led = {row.entry for row in rows if is_for_chair(row, rules)}

    assert led == {one for tie in ties_of(contest, "overall") for one in tie.entries}
    assert len(led) == 5


def test_publishing_asks_about_ties_on_awarded_places():
    contest = contest_of([9, 9, 7, 7, 7, 5], places=2, nominations=[])
    person = Person(CoordinatorFactory(contest=contest).person)
    body = {"kind": "publish", "reason": "Posėdis Nr. 3."}
    where = f"contests/{contest.slug}/acts/"

    asked = person.post(where, body)
    decide(contest, person.user, references(contest)[:2])
    done = person.post(where, body)

    assert [doubt["code"] for doubt in asked.json()["doubts"]] == ["undecided_ties"]
    assert asked.json()["detail"].startswith("The chair has not decided 1 tie on an")
    assert (asked.status_code, done.status_code) == (409, 201)


def test_another_list_is_decided_apart(contest, chair):
    a, b, *_others = references(contest)

    decide(contest, chair, [b, a], nomination="best")

    assert ties_of(contest, "best")[0].decision is not None
    assert ties_of(contest, "overall")[0].decision is None


@pytest.mark.parametrize("role", ["deputy", "coordinator"])
def test_the_deputy_decides_and_a_coordinator_records(contest, role):
    make = CoordinatorFactory if role == "coordinator" else JurorFactory
    fields = {} if role == "coordinator" else {"role": role}
    person = make(contest=contest, **fields).person
    a, b, *_others = references(contest)

    assert decide(contest, person, [b, a]).by_id == person.pk


@pytest.mark.parametrize("role", ["member", "secretary", "observer"])
def test_nobody_else_on_the_panel_decides(contest, role):
    person = JurorFactory(contest=contest, role=role).person

    with pytest.raises(NotYours):
        decide(contest, person, references(contest)[:2])


def test_a_chair_who_stepped_back_from_an_entry_decides_nothing(contest):
    seat = JurorFactory(contest=contest, role="chair")
    AssignmentFactory(
        submission=contest.submissions.last(), juror=seat, in_conflict=True
    )

    with pytest.raises(NotYours):
        decide(contest, seat.person, references(contest)[:2])


@pytest.mark.parametrize(
    "of",
    [
        pytest.param([0, 2], id="of-two-ties"),
        pytest.param([2, 3], id="part-of-a-tie"),
        pytest.param([0, 1, 1], id="one-twice"),
        pytest.param([0, 1, 5], id="one-too-many"),
    ],
)
def test_only_exactly_the_tied_are_put_in_order(contest, chair, of):
    with pytest.raises(Invalid) as refusal:
        decide(contest, chair, [references(contest)[number] for number in of])

    assert references(contest)[0] in refusal.value.message
    assert not ChairDecision.objects.exists()


def test_what_an_earlier_tie_break_separates_is_no_tie_of_the_chair():
    other = dict.fromkeys(CODES, 7) | {"originality": 9}
    contest = contest_of([7, other])
    chair = JurorFactory(contest=contest, role="chair").person

    with pytest.raises(Conflict) as refusal:
        decide(contest, chair, references(contest))

    assert refusal.value.code == "nothing_tied"


def test_rules_without_the_chair_leave_nothing_to_it():
    contest = contest_of([7, 7], tie_breaks=["median"])
    coordinator = CoordinatorFactory(contest=contest).person

    with pytest.raises(Conflict) as refusal:
        decide(contest, coordinator, references(contest))

    assert refusal.value.code == "not_for_chair"


def test_while_somebody_may_score_nothing_is_decided(contest, chair):
    JurorExtensionFactory(juror=contest.jurors.first())

    with pytest.raises(Conflict) as refusal:
        decide(contest, chair, references(contest)[:2])

    assert refusal.value.code == "interim"


def test_what_is_published_is_not_decided_any_more(contest, chair):
    by = CoordinatorFactory(contest=contest).person
    publish(contest, by)

    with pytest.raises(NotNow):
        decide(contest, chair, references(contest)[:2])


def test_a_decision_about_an_older_tie_decides_nothing(contest, chair):
    """One of its entries is out of it now: nobody decided about the others alone."""
    c, d, e = references(contest)[2:5]
    decide(contest, chair, [e, d, c])
    before = order_of(contest)
    sheet = contest.submissions.get(reference=c).assignments.get().sheet
    by = CoordinatorFactory(contest=contest).person

    exclude_sheet(assignment_id=sheet.pk, reason="Klaida.", by=by)

    after = {entry: place for entry, place, _shared in order_of(contest)}
    assert [entry for entry, *_rest in before][2:5] == [e, d, c]
    assert ties_of(contest, "overall")[1].decision is None
    assert result_of(contest).ranking.lists[0].rows[2].tie_breaks == ("lot",)
    assert {after[d], after[e]} == {3, 4}


def test_pages_and_the_whole_result_agree(contest, chair):
    a, b, *_others = references(contest)
    decide(contest, chair, [b, a])
    rules = rules_in(contest.rules_in_force)

    whole, shown = result_of(contest).ranking, shown_of(contest, rules)

    assert [each.rows for each in shown.lists] == [each.rows for each in whole.lists]


def test_a_published_decision_is_verified(contest, chair, tmp_path):
    a, b, *_others = references(contest)
    undecided = result_of(contest).digest
    decide(contest, chair, [b, a])
    by = CoordinatorFactory(contest=contest).person
    publish(contest, by)
    frozen = FrozenResult.objects.first()
    file, told = tmp_path / "result.json", StringIO()
    document = json.loads(frozen.text)
    shown = {"digest": frozen.digest, "document": document}
    file.write_text(json.dumps(shown), encoding="utf-8")

    call_command("verify_result", file, stdout=told)

    assert frozen.digest in told.getvalue()
    assert frozen.digest != undecided
    assert document["chair_order"] == {"overall": [b, a]}


def test_through_the_api_a_tie_is_seen_and_decided(contest, chair):
    a, b, *_others = references(contest)
    person, where = Person(chair), f"contests/{contest.slug}/ties/"

    before = person.get(where).json()
    made = person.post(where, {"references": [b, a], "reason": "Nutarta."})
    after = person.get(f"{where}?nomination=overall").json()

    assert (before["ties"][0]["place"], before["ties"][0]["entries"]) == (1, [a, b])
    assert made.status_code == 201
    assert after["ties"][0]["decision"]["references"] == [b, a]


def test_a_file_of_the_ranking_says_what_the_chair_decided_and_why(contest, chair):
    a, b, c, *_others = references(contest)
    decide(contest, chair, [a, b], reason="Balsų dauguma.")
    decide(contest, chair, [b, a], reason="Klaida, kaip rašė ona@example.lt.")
    ChairDecision.objects.create(
        contest=contest,
        nomination="overall",
        references=[c, a],
        reason="Kito lygumo.",
        by_id=chair.pk,
    )

    report, _result = ranking_report(ExportFactory(contest=contest))

    told = [(each.references, each.reason) for each in report.chair_decisions]
    assert told == [([b, a], "Klaida, kaip rašė […].")]


@pytest.mark.parametrize("role", ["secretary", "observer"])
def test_who_sees_the_ranking_reads_the_reason_as_its_writer_is_told(
    contest, chair, browser, role
):
    a, b, *_others = references(contest)
    reader = JurorFactory(contest=contest, role=role)

    told = browser.get(page_of(contest, a)).content.decode()
    decide(contest, chair, [b, a])
    ties = Person(reader.person).get(f"contests/{contest.slug}/ties/").json()["ties"]

    assert "Ją skaitys visi, kas gali matyti reitingą" in told
    assert ties[0]["decision"]["reason"] == "Balsų dauguma."


@pytest.fixture
def browser(chair):
    return browser_of(chair)


def page_of(contest, reference, code="overall"):
    return reverse("scoring:tie", args=[contest.slug, code, reference])


def test_the_ranking_leads_the_chair_to_the_tie_and_the_page_decides_it(
    contest, browser
):
    a, b, *_others = references(contest)
    here = reverse("scoring:ranking", args=[contest.slug])

    ranking = browser.get(here).content.decode()
    shown = browser.get(page_of(contest, a))
    body = {f"place_{a}": "2", f"place_{b}": "2", "reason": "Balsų dauguma."}
    refused = browser.post(page_of(contest, a), body)
    saved = browser.post(page_of(contest, a), body | {f"place_{b}": "1"})

    assert ranking.count("/tie/") == 5
    assert page_of(contest, a) in ranking
    assert a in shown.content.decode()
    assert refused.status_code == 400
    assert "Balsų dauguma." in refused.content.decode()
    assert (saved.status_code, saved["Location"]) == (302, f"{here}?nomination=overall")
    assert [entry for entry, *_rest in order_of(contest)][:2] == [b, a]
    assert "pirminink" in browser.get(here).content.decode()


@pytest.mark.parametrize(
    ("typed", "tied"),
    [
        pytest.param([0, 1], [0, 2], id="another-entry"),
        pytest.param([0, 1, 2], [0, 1], id="one-less"),
        pytest.param([0, 1], [0, 1, 2], id="one-more"),
    ],
)
def test_an_order_of_a_tie_that_has_changed_is_not_recorded(typed, tied):
    """Nobody decided about the entries that are tied now."""
    contest = contest_of([9 if number in tied else 5 for number in range(3)])
    browser = browser_of(JurorFactory(contest=contest, role="chair").person)
    there = references(contest)
    places = {f"place_{there[n]}": str(typed.index(n) + 1) for n in typed}

    body = places | {"reason": "Balsų dauguma."}
    answer = browser.post(page_of(contest, there[0]), body)

    page = answer.content.decode()
    assert (answer.status_code, ChairDecision.objects.exists()) == (400, False)
    assert "kurių paraiškų balai lygūs" in page
    assert "Balsų dauguma." in page
    assert [f'name="place_{each}"' in page for each in there] == [
        number in tied for number in range(3)
    ]


def test_whoever_may_not_decide_is_not_led_there(contest):
    secretary = browser_of(JurorFactory(contest=contest, role="secretary").person)
    here = reverse("scoring:ranking", args=[contest.slug])

    assert "/tie/" not in secretary.get(here).content.decode()


def test_who_is_in_no_tie_is_told(contest, browser):
    answer = browser.get(page_of(contest, references(contest)[-1]))

    assert answer.status_code == 409


@pytest.mark.parametrize("count", [2, 4])
def test_a_tie_takes_the_same_queries_however_many_share_it(
    count, django_assert_num_queries
):
    contest = contest_of([7] * count)
    chair = JurorFactory(contest=contest, role="chair").person
    browser = browser_of(chair)

    with django_assert_num_queries(9):
        browser.get(page_of(contest, references(contest)[0]))
