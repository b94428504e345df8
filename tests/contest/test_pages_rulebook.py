"""The rulebook as questions: what is asked, what is kept, what jurors will see."""

import pytest

from contest import rulebook
from contest.rulemaking import change_rulebook
from tests.contest.filling import paths, runs, typed, where
from tests.factories import ContestFactory, CoordinatorFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("template", rulebook.template_names())
def test_what_is_not_asked_stays_as_it_is(template):
    """Whatever template: changing one answer changes that alone."""
    document = rulebook.template(template)
    contest = ContestFactory(phase="set-up", document=document)
    browser = runs(contest)
    shown = browser.get(where("rulebook", contest))

    answer = browser.post(where("rulebook", contest), typed(shown, min_scores="2"))

    assert answer.status_code == 302
    changed = {p: v for p, v in paths(contest).items() if v not in ({}, None, [], "")}
    filled = {"visibility", "title", "jurors_per_entry", "limits", "questions"}
    drawn = {"lot_seed"}
    found = {p for p in changed if p.split(".")[0] not in filled | drawn}
    assert found == {"min_scores"}


def test_saving_what_is_in_force_makes_no_version():
    contest = ContestFactory(phase="set-up")
    browser = runs(contest)

    answer = browser.post(
        where("rulebook", contest), typed(browser.get(where("rulebook", contest)))
    )

    assert answer.status_code in {302, 409}
    again = browser.post(
        where("rulebook", contest), typed(browser.get(where("rulebook", contest)))
    )
    assert again.status_code == 409


def test_a_criterion_is_added_one_is_dropped_and_a_nomination_follows_it():
    contest = ContestFactory(phase="set-up")
    browser = runs(contest)
    shown = browser.get(where("rulebook", contest))
    last = contest.rules_in_force.document["nominations"][-1]["code"]
    last_lt, last_en = f"nominations_{last}_lt", f"nominations_{last}_en"

    browser.post(
        where("rulebook", contest),
        typed(
            shown,
            reason="Nauja tema",
            **{
                "criteria_new-1_lt": "Žalumas",
                "criteria_new-1_weight": "2",
                "criteria_new-1_counted": "on",
                last_lt: "",
                last_en: "",
            },
        ),
    )

    contest.refresh_from_db()
    rules = contest.rules_in_force
    assert rules.number == 2
    assert rules.document["criteria"][-1]["code"] == "zalumas"
    assert rules.document["criteria"][-1]["weight"] == "2"
    assert len(rules.document["nominations"]) == 4
    assert contest.criteria.filter(code="zalumas").exists()


def test_what_contradicts_itself_is_told_and_kept():
    contest = ContestFactory(phase="set-up")
    browser = runs(contest)
    shown = browser.get(where("rulebook", contest))

    answer = browser.post(
        where("rulebook", contest),
        typed(shown, scale_step="4", title_lt="Mano nuostatai"),
    )

    assert answer.status_code == 400
    assert 'value="Mano nuostatai"' in answer.content.decode()
    assert contest.rulebooks.count() == 1


def test_who_was_slower_sees_both():
    contest = ContestFactory(phase="set-up")
    person = CoordinatorFactory(contest=contest).person
    browser = browser_of(person)
    shown = browser.get(where("rulebook", contest))
    change_rulebook(
        contest=contest,
        document={**rulebook.template("lkbs"), "min_scores": 3},
        reason="",
        expected_version=1,
        by=person,
    )

    answer = browser.post(where("rulebook", contest), typed(shown, min_scores="2"))

    assert answer.status_code == 412
    assert (3, "2") in [(now, mine) for _l, now, mine in answer.context["form"].stored]


def changed_meanwhile(contest, person, **changes):
    """Let somebody else make the next version of the rules."""
    document = {**rulebook.template("lkbs"), **changes}
    number = contest.rules_in_force.number
    change_rulebook(
        contest=contest,
        document=document,
        reason="",
        expected_version=number,
        by=person,
    )


def test_what_was_typed_in_a_row_stays_there_when_another_row_is_taken_out():
    contest = ContestFactory(phase="set-up")
    person = CoordinatorFactory(contest=contest).person
    browser, page = browser_of(person), where("rulebook", contest)
    sent = typed(
        browser.get(page),
        criteria_success_lt="Nauja sėkmė",
        criteria_innovation_lt="Nauja naujovė",
    )
    rows = rulebook.template("lkbs")["criteria"]
    others = [row for row in rows if row["code"] != "innovation"]
    nominations = [
        n
        for n in rulebook.template("lkbs")["nominations"]
        if "innovation" not in (n["weights"] or {})
    ]
    changed_meanwhile(
        contest,
        person,
        criteria=others,
        nominations=nominations,
        tie_breaks=["median"],
    )

    answer = browser.post(page, sent)
    again = typed(answer)
    done = browser.post(page, again)

    assert (answer.status_code, done.status_code) == (412, 302)
    stored = [(now, mine) for _l, now, mine in answer.context["form"].stored]
    assert ("", "Nauja naujovė") in stored  # told, and put into no other row
    contest.refresh_from_db()
    made = contest.rules_in_force.document["criteria"]
    titles = {row["code"]: row["title"]["lt"] for row in others}
    assert {row["code"]: row["title"]["lt"] for row in made} == {
        **titles,
        "success": "Nauja sėkmė",
    }


def test_a_refused_form_keeps_every_text_in_its_row():
    contest = ContestFactory(phase="set-up")
    browser, page = runs(contest), where("rulebook", contest)

    answer = browser.post(
        page,
        typed(
            browser.get(page),
            scale_step="4",
            criteria_innovation_lt="",
            criteria_innovation_en="",
            criteria_success_lt="Nauja sėkmė",
        ),
    )

    assert answer.status_code == 400
    form = answer.context["form"]
    assert form["criteria_success_lt"].value() == "Nauja sėkmė"
    assert form["criteria_innovation_lt"].value() == ""


@pytest.mark.parametrize(
    ("part", "where_it_stands"),
    [
        ("criteria", "criteria"),
        ("nominations", "nominations"),
        ("requirements", "eligibility"),
    ],
)
def test_rows_are_put_into_another_order(part, where_it_stands):
    contest = ContestFactory(phase="set-up")
    browser, page = runs(contest), where("order", contest, part)
    before = contest.rules_in_force.document[where_it_stands]
    first, second = before[0]["code"], before[1]["code"]

    moved = browser.post(page, {**typed(browser.get(page)), "down": first})
    saved = browser.post(page, typed(moved))

    assert 'class="notice note"' in moved.content.decode()
    assert saved.status_code == 302
    contest.refresh_from_db()
    after = contest.rules_in_force.document[where_it_stands]
    assert after == [before[1], before[0], *before[2:]]
    if part == "criteria":
        shown = contest.criteria.filter(retired=False).values_list("code", flat=True)
        assert list(shown)[:2] == [second, first]


def test_an_order_that_names_not_all_rows_takes_none_out():
    contest = ContestFactory(phase="set-up")
    browser, page = runs(contest), where("order", contest, "criteria")
    before = [row["code"] for row in contest.rules_in_force.document["criteria"]]

    browser.post(page, {**typed(browser.get(page)), "order": f"{before[2]} nothing"})

    contest.refresh_from_db()
    after = [row["code"] for row in contest.rules_in_force.document["criteria"]]
    assert after == [before[2], *before[:2], *before[3:]]


def test_other_parts_of_the_rules_have_no_order():
    contest = ContestFactory(phase="set-up")

    assert runs(contest).get(where("order", contest, "timetable")).status_code == 404


def test_weights_change_in_judging_with_a_reason_and_the_version_says_so():
    contest = ContestFactory(phase="judging")
    browser = runs(contest)
    shown = browser.get(where("weights", contest))

    refused = browser.post(where("weights", contest), typed(shown, reason=""))
    browser.post(
        where("weights", contest),
        typed(shown, weight_innovation="3", reason="Komisija nutarė"),
    )
    page = browser.get(where("rulebook-version", contest, 2)).content.decode()

    assert refused.status_code == 400
    assert paths(contest) == {"criteria.innovation.weight": "3"}
    assert "Komisija nutarė" in page
    assert "innovation" in page


def test_tie_breaks_and_weights_of_a_nomination_change_in_judging():
    contest = ContestFactory(phase="judging")
    browser, page = runs(contest), where("weights", contest)
    shown = browser.get(page)
    body = typed(
        shown,
        tie_1="median",
        tie_2="chair",
        tie_3="",
        tie_4="",
        of_best_success="2",
        places="3",
        places_best="10",
        reason="Komisija nutarė",
    )

    refused = browser.post(page, body | {"tie_2": "median"})
    saved = browser.post(page, body)

    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == ["tie_2"]
    assert saved.status_code == 302, saved.context["form"].errors
    assert paths(contest) == {
        "nominations.best.weights": {"success": "2"},
        "nominations.best.places": 10,
        "places": 3,
        "tie_breaks": ["median", "chair"],
    }


def test_in_judging_the_rulebook_is_shown_and_not_asked():
    contest = ContestFactory(phase="judging")

    page = runs(contest).get(where("rulebook", contest)).content.decode()

    assert "<textarea" not in page
    assert "Inovatyvumas" in page or "Innovation" in page


def test_the_sheet_is_shown_with_the_words_of_its_points():
    contest = ContestFactory(phase="set-up")

    page = runs(contest).get(where("sheet-preview", contest)).content.decode()

    assert page.count('type="radio"') == 40
    assert "pavyzdingai" in page or "exemplary" in page
    assert "<button>" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_versions_cost_as_much_in_any_number(count, django_assert_num_queries):
    contest = ContestFactory(phase="set-up")
    browser = runs(contest)
    version = contest.rules_in_force
    for number in range(2, count + 1):
        contest.rulebooks.create(
            number=number,
            document=version.document,
            sha256=version.sha256,
            by_id=version.by_id,
        )

    with django_assert_num_queries(6):
        browser.get(where("rulebook", contest))
