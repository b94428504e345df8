"""Answers to an edition's own questions, at the address of an entry."""

import copy

import pytest

from contest import rulebook
from contest.models import RulebookVersion
from submissions.models import SubmissionVersion
from tests.api import Person
from tests.factories import (
    RepresentativeFactory,
    RulebookVersionFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True},
}


def asking(code, kind, **fields):
    return {"code": code, "title": {"lt": code}, "kind": kind, **fields}


QUESTIONS = [
    asking("partners", "yes_no", required=True),
    asking(
        "how_many",
        "whole_number",
        required=True,
        when={"question": "partners", "is": ["yes"]},
    ),
    asking("sum", "money"),
]


def document(**changes):
    return copy.deepcopy(rulebook.template("lkbs")) | {"questions": QUESTIONS} | changes


@pytest.fixture
def draft():
    return SubmissionFactory(
        contest__phase="open",
        contest__document=document(entry_form={"required": [], "limits": {"title": 9}}),
        state="draft",
        title="Žibintas",
        answers={"partners": False},
    )


@pytest.fixture
def chairwoman(draft):
    return Person(RepresentativeFactory(organisation=draft.organisation).person)


def save(person, draft, version=1, **fields):
    return person.patch(
        f"submissions/{draft.pk}/", {"version": version, **fields}, "json"
    )


def send(person, draft, version):
    return person.post(
        f"submissions/{draft.pk}/submit/", {"version": version, **SIGNED}, "json"
    )


def new_rules(contest, questions):
    """What a coordinator decides while drafts are being written."""
    contest.rulebook = RulebookVersionFactory(
        contest=contest, number=2, document=document(questions=questions)
    )
    contest.save(update_fields=["rulebook"])


def test_answers_are_stored_the_same_however_they_were_written(draft, chairwoman):
    answer = save(
        chairwoman,
        draft,
        answers={"partners": "yes", "how_many": 3, "sum": "18 407,00"},
    )

    assert answer.json()["answers"] == {
        "partners": True,
        "how_many": "3",
        "sum": "18407.00",
    }


def test_an_answer_of_another_kind_is_refused_and_nothing_saved_is_lost(
    draft, chairwoman
):
    refusal = save(chairwoman, draft, title="Kitas", answers={"sum": "daug"})

    draft.refresh_from_db()
    assert refusal.status_code == 400
    assert [error["field"] for error in refusal.json()["errors"]] == ["answers.sum"]
    assert (draft.title, draft.answers) == ("Žibintas", {"partners": False})


def test_a_draft_may_lack_answers_and_sending_names_those_that_are_asked(
    draft, chairwoman
):
    saved = save(chairwoman, draft, answers={"partners": True})
    refusal = send(chairwoman, draft, 2)

    assert saved.status_code == 200
    assert [e["field"] for e in refusal.json()["errors"]] == ["answers.how_many"]


def test_what_is_not_asked_need_not_be_answered(draft, chairwoman):
    assert send(chairwoman, draft, 1).status_code == 200
    assert SubmissionVersion.objects.count() == 1


def test_a_question_that_left_the_rules_costs_nobody_the_draft(draft, chairwoman):
    new_rules(draft.contest, [asking("other", "text")])

    kept = save(chairwoman, draft, answers={"partners": False, "other": "Taip"})
    new = save(chairwoman, draft, version=2, answers={"nobody_asked": "Taip"})

    assert kept.json()["answers"] == {"partners": False, "other": "Taip"}
    assert new.status_code == 400


def test_an_answer_that_fits_its_question_no_more_is_asked_for_again(draft, chairwoman):
    new_rules(draft.contest, [asking("partners", "whole_number")])

    saved = save(chairwoman, draft, title="Naujas", answers={"partners": False})
    refusal = send(chairwoman, draft, 2)

    assert saved.status_code == 200
    assert [e["field"] for e in refusal.json()["errors"]] == ["answers.partners"]


def test_a_sent_entry_keeps_its_answers_when_the_questions_change(draft, chairwoman):
    send(chairwoman, draft, 1)
    new_rules(draft.contest, [asking("other", "text")])

    sent = SubmissionVersion.objects.get().content.document

    assert sent["answers"] == {"partners": False}
    assert RulebookVersion.objects.get(number=1).document["questions"] == QUESTIONS


def test_a_field_has_the_room_that_the_rules_give_it(draft, chairwoman):
    refusal = save(chairwoman, draft, title="Ž" * 10)

    assert [error["field"] for error in refusal.json()["errors"]] == ["title"]
    assert save(chairwoman, draft, title="Ž" * 9).status_code == 200


def test_a_field_that_grew_too_long_for_new_rules_can_be_kept_but_not_sent(
    draft, chairwoman
):
    type(draft).objects.update(title="Ž" * 10)

    saved = save(chairwoman, draft, title="Ž" * 10, summary="Kita")
    refusal = send(chairwoman, draft, 2)

    assert saved.status_code == 200
    assert [error["field"] for error in refusal.json()["errors"]] == ["title"]
