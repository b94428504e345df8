"""What the jury writes to an entrant: who reads it, when, and that nobody is named."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from contest import rulebook
from core import clock
from core.policy import matrix
from scoring.feedback import READERS, audience_of, feedback_on
from scoring.models import Sheet
from submissions.models import Assignment, Submission
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    JurorFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
ONE = {"innovation": 9}


@pytest.fixture
def entry():
    return SubmissionFactory(contest=ContestFactory(phase="published"))


@pytest.fixture
def owner(entry):
    return RepresentativeFactory(organisation=entry.organisation).person


def wrote(entry, text, *, sent=True, values=ONE):
    juror = JurorFactory(contest=entry.contest)
    assignment = AssignmentFactory(submission=entry, juror=juror)
    return SheetFactory(
        assignment=assignment,
        values=values,
        sent=sent,
        comment_entrant=text,
        comment_commission=f"{text}, tarp mūsų",
    )


def asked(person, entry):
    return Person(person).get(f"submissions/{entry.pk}/feedback/")


def page_of(entry, person, language="lt"):
    where = reverse("submissions:entry", args=[entry.pk])
    answer = browser_of(person).get(where, headers={"Accept-Language": language})
    return answer.content.decode()


def test_the_owner_reads_what_was_sent_and_counts(entry, owner):
    texts = {wrote(entry, text).comment_entrant for text in ("Šaunu", "Drąsu")}
    wrote(entry, "Nebaigta", sent=False)
    wrote(entry, "")
    excluded = wrote(entry, "Atmesta")
    Sheet.objects.filter(pk=excluded.pk).update(
        excluded_at=clock.now(), excluded_reason="Klaida"
    )
    in_conflict = wrote(entry, "Giminaitis")
    Assignment.objects.filter(pk=in_conflict.pk).update(
        conflict_at=clock.now(), conflict_reason="Giminaitis"
    )

    answer = asked(owner, entry)
    page = page_of(entry, owner)

    assert answer.status_code == 200
    assert set(answer.json()["comments"]) == texts
    assert all(text in page for text in texts)
    for hidden in ("Nebaigta", "Atmesta", "Giminaitis", "tarp mūsų"):
        assert hidden not in page + answer.content.decode()


def test_nobody_of_the_jury_is_named(entry, owner):
    sheet = wrote(entry, "Šaunu")
    juror = sheet.assignment.juror

    said = page_of(entry, owner) + asked(owner, entry).content.decode()

    assert juror.person.name not in said
    assert juror.key not in said


def test_the_order_says_nothing_of_the_jurors(entry):
    """In no order of theirs: two that write the same to many stand now so, now so."""
    jurors = [JurorFactory(contest=entry.contest) for _ in range(2)]
    first = set()
    for _ in range(12):
        other = SubmissionFactory(contest=entry.contest)
        for juror, text in zip(jurors, ("Viena", "Kita"), strict=True):
            SheetFactory(
                assignment=AssignmentFactory(submission=other, juror=juror),
                sent=True,
                comment_entrant=text,
            )
        first.add(feedback_on(other)[0])

    assert first == {"Viena", "Kita"}


@pytest.mark.parametrize(
    ("phase", "status"),
    [("judging", 403), ("deliberation", 403), ("published", 200), ("archived", 200)],
)
def test_it_is_read_once_the_results_are_published(phase, status):
    entry = SubmissionFactory(contest=ContestFactory(phase=phase))
    owner = RepresentativeFactory(organisation=entry.organisation).person
    wrote(entry, "Šaunu")

    assert asked(owner, entry).status_code == status
    assert ("Šaunu" in page_of(entry, owner)) is (status == 200)


def test_others_read_none_of_it(entry):
    wrote(entry, "Šaunu")
    other = RepresentativeFactory().person
    juror = Assignment.objects.get().juror.person

    assert {asked(person, entry).status_code for person in (other, juror)} == {404}


@pytest.mark.parametrize(
    ("language", "words"), [("lt", "nieko neparašė"), ("en", "left no words for you")]
)
def test_where_there_is_none_it_is_said_kindly(language, words, entry, owner):
    assert words in page_of(entry, owner, language)
    assert asked(owner, entry).json()["comments"] == []


def test_the_page_leads_to_the_published_results(entry, owner):
    where = reverse("gallery:results", args=[entry.contest.slug])
    Submission.objects.filter(pk=entry.pk).update(state="ineligible")

    page = page_of(entry, owner)

    assert where in page
    assert "nieko neparašė" not in page  # it was not judged


def test_every_reader_of_comments_has_words():
    """Whoever is let in by the matrix is named beside the field; nobody else is."""
    doors = ("scoring.view_sheet", "exports.request_ranking")
    readers = {role for door in doors for role in matrix().actions[door].cells}

    assert readers - {"juror_assigned"} == set(READERS)


@pytest.mark.parametrize("together", [True, False])
def test_the_words_follow_what_the_rules_let_jurors_see(together):
    document = rulebook.template("lkbs")
    document["visibility"] = {"juror_names": "hidden", "deliberation": together}

    with override("en"):
        said = audience_of(rulebook.read(document))

    assert ("jurors who score" in said.commission) is together
    assert "auditors" in said.commission
    assert "deputy" in said.commission  # who has the rights of the chair
    assert "The entrant does not read it." in said.commission
    assert said.entrant.startswith("The entrant reads it once the results")
