"""A token for one contest: there its person may what the person may, elsewhere nothing.

The people of the world have their roles in the own contest; some get them in the
foreign one as well, so that nothing but the token keeps them out.
"""

from uuid import uuid4

import pytest

from accounts.services import issue_token
from core import clock
from core.policy import LIMITED
from jobs.models import IdempotencyKey
from submissions.models import Submission, VersionContent
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    AuditorFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    UserFactory,
)
from tests.policy import table
from tests.policy.calls import NAMES, address, calls
from tests.policy.pages import is_page
from tests.policy.table import expected
from tests.policy.test_cells import ABOUT_ENTRIES, ask, cells, towards
from tests.policy.world import EVERYBODY, PEOPLE, build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("quiet"),
]

OUTSIDE = EVERYBODY | {LIMITED}
IN_CONTEST = {*ABOUT_ENTRIES, "contest", "entering", "export"}
IN_CONTEST |= {"import", "register_export", "message"}
CONTROL = {
    "coordinator, foreign: get contest-ranking",
    "owner, foreign: get submission-detail",
    "juror_assigned, foreign: get conflict-candidates",
    "owner, own: get submission-suggestions",
    "owner, own: get token-list",
}
WORD = "Slaptažodžiukai"


def reaches_beyond(action):
    app, verb = action.split(".")
    return table.document()["actions"][app][verb].get("beyond", False)


def wanted(world, cell):
    """What the matrix says of somebody whose token is for the own contest."""
    asked = [(cell.call.gate, cell.call.kind)]
    if cell.call.service:
        asked.append((cell.call.service, cell.call.service_kind))
    for action, kind in asked:
        has, phase = towards(world, kind, cell)
        if kind not in IN_CONTEST or not cell.is_own or reaches_beyond(action):
            has = OUTSIDE
        answer = expected(action, has, phase)
        if answer != table.OK:
            return answer
    return table.OK


def limit(world, people):
    """Let people come with a token for the own contest."""
    for who in people:
        world.users[who].limited_to = world.own.contest.pk


def of_tokens():
    """The cells that tokens reach: pages are for browsers."""
    return [cell for cell in cells() if not is_page(cell.call.name)]


def differences(world, asked):
    """``{cell: (wanted, told)}`` where the two differ."""
    answers = {cell: (wanted(world, cell), ask(world, cell)) for cell in asked}
    return {str(cell): both for cell, both in answers.items() if both[0] != both[1]}


def give_the_same_roles_elsewhere(world):
    """Let three people be in the foreign contest what they are in the own one."""
    foreign = world.foreign
    CoordinatorFactory(contest=foreign.contest, person=world.users["coordinator"])
    RepresentativeFactory(
        organisation=foreign.entry.organisation, person=world.users["owner"]
    )
    AssignmentFactory(
        submission=foreign.entry,
        juror__contest=foreign.contest,
        juror__person=world.users["juror_assigned"],
    )


def test_a_limited_token_gains_nothing_and_keeps_what_its_contest_gives():
    world = build("judging")
    give_the_same_roles_elsewhere(world)
    limit(world, ["coordinator"])

    asked = [cell for cell in of_tokens() if cell.who == "coordinator"]

    assert differences(world, asked) == {}


def test_without_the_limit_the_same_people_are_told_more():
    """The control: this suite can fail."""
    world = build("judging")
    give_the_same_roles_elsewhere(world)

    wrong = differences(world, [cell for cell in of_tokens() if str(cell) in CONTROL])

    assert wrong == dict.fromkeys(CONTROL, (table.NOT_FOUND, table.OK))


@pytest.mark.slow
@pytest.mark.parametrize("phase", table.phases())
def test_everybodys_limited_token_gains_nothing_in_any_phase(phase):
    world = build(phase)
    give_the_same_roles_elsewhere(world)
    people = [w for w in PEOPLE if w in table.roles() and w not in {"visitor", LIMITED}]
    limit(world, people)

    assert (
        differences(world, [cell for cell in of_tokens() if cell.who in people]) == {}
    )


def everything_told(world, who):
    """The text of every answer to a GET, about the own contest and in the lists."""
    token = world.tokens[who]
    return {
        where: response.getvalue().decode(errors="replace")
        for call in calls()
        if call.method == "get" and not is_page(call.name)
        if not call.name.endswith(("file", "preview"))
        for edition in (
            (world.own, world.foreign) if NAMES[call.name] else (world.own,)
        )
        for where in [address(call, edition, who, token)]
        for where in [where, where + "?page_size=200"]  # of what has no pages: refused
        for response in [world.clients[who].get(where)]
    }


@pytest.mark.parametrize("who", ["everything", "owner"])
def test_a_limited_token_reads_nothing_of_another_contest(who):
    world = build("judging")
    give_the_same_roles_elsewhere(world)
    if who == "everything":
        who = give_every_office(world)
    plant(world.foreign)
    limit(world, [who])

    told = everything_told(world, who)

    assert [where for where, text in told.items() if WORD in text] == []
    assert any(world.own.entry.reference in text for text in told.values())


def test_without_the_limit_it_reads_the_other_contest():
    """The control: the word is where a person of many offices finds it."""
    world = build("judging")
    who = give_every_office(world)
    plant(world.foreign)

    told = everything_told(world, who)

    found = {where for where, text in told.items() if WORD in text}
    assert "/api/v1/submissions/?page_size=200" in found
    assert "/api/v1/assignments/?page_size=200" in found


def give_every_office(world):
    """Let one person coordinate, prepare and audit in both contests."""
    for edition in (world.own, world.foreign):
        person = world.users["signed_in"]
        CoordinatorFactory(contest=edition.contest, person=person)
        AuditorFactory(contest=edition.contest, person=person)
        organiser = edition.contest.series.organiser
        OrganiserMemberFactory(organiser=organiser, person=person)
    return "signed_in"


def plant(edition):
    """Write a word into an entry of the edition, as it stands and as it was sent."""
    Submission.objects.filter(pk=edition.entry.pk).update(
        title=WORD, reference=WORD, summary=WORD
    )
    content = edition.entry.current_version.content
    VersionContent.objects.filter(pk=content.pk).update(
        document=content.document | {"title": WORD, "summary": WORD}
    )


# --- The token itself ----------------------------------------------------------


@pytest.fixture
def juror():
    """Somebody on a panel."""
    return JurorFactory()


def holder(person, **wish):
    """A client with a token as wished."""
    client = Person()
    text = issue_token(person=person, name="", scope="write", **wish).text
    client.client.credentials(HTTP_AUTHORIZATION=f"Token {text}")
    return client


def test_the_token_of_a_contest_carries_its_limit(juror):
    elsewhere = JurorFactory(person=juror.person).contest
    limited = holder(juror.person, contest=juror.contest_id)

    answers = [
        limited.get(f"contests/{contest.slug}/progress/mine/").status_code
        for contest in (juror.contest, elsewhere)
    ]

    assert answers == [200, 404]


def test_a_refusal_says_that_the_token_is_limited(juror):
    limited = holder(juror.person, contest=juror.contest_id)

    answer = limited.get("organisations/")

    assert answer.status_code == 404
    assert "limited to one contest" in answer.json()["detail"]


def test_a_limited_token_reads_the_own_account_and_changes_nothing_of_it(juror):
    limited = holder(juror.person, contest=juror.contest_id)

    answers = (
        limited.get("me/"),
        limited.patch("me/", {"name": "Kita"}),
        limited.get("auth/tokens/"),
        limited.post("auth/tokens/", {}),
    )

    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]


def test_a_token_of_a_contest_that_does_not_exist_opens_nothing(juror):
    limited = holder(juror.person, contest=uuid4())

    mine = limited.get(f"contests/{juror.contest.slug}/progress/mine/")

    assert mine.status_code == 404
    assert limited.get("assignments/").json()["count"] == 0


def test_an_answer_to_the_full_token_is_not_replayed_to_the_limited_one(db):  # noqa: ARG001 - people are rows
    acting = RepresentativeFactory()
    entry = build("open").own
    body = {
        "contest": entry.contest.slug,
        "organisation": str(acting.organisation_id),
        "title": "Naujas",
    }
    key = {"idempotency-key": "3f8e"}
    full, limited = holder(acting.person), holder(acting.person, contest=uuid4())

    made = full.post("submissions/", body, headers=key)
    replayed = limited.post("submissions/", body, headers=key)

    assert made.status_code == 201
    assert replayed.status_code in {404, 422}
    assert IdempotencyKey.objects.filter(person_id=acting.person.pk).count() == 1


def test_a_further_token_is_limited_as_wished_and_told_once():
    person = UserFactory()
    contest = uuid4()

    made = holder(person).post(
        "auth/tokens/",
        {"name": "Scenarijus", "scope": "read", "contest": str(contest)},
    )

    row = person.tokens.get(name="Scenarijus")
    assert made.status_code == 201
    assert (row.scope, row.contest_id) == ("read", contest)
    assert made.json()["contest"] == str(contest)
    listed = holder(person).get("auth/tokens/").json()["results"]
    assert "token" not in listed[0]


def test_a_further_token_ends_no_later_than_the_one_it_was_asked_with(time_machine):
    time_machine.move_to(clock.now(), tick=False)
    person = UserFactory()
    client = holder(person)

    client.post("auth/tokens/", {"name": "A", "expires_in_days": 1})
    time_machine.shift(3600)
    client.post("auth/tokens/", {"name": "B"})

    first, shown, second = (
        person.tokens.get(name=name).expires_at for name in ("A", "", "B")
    )
    assert first < shown
    assert second == shown


def test_a_token_that_may_only_read_makes_no_other():
    person = UserFactory()
    text = issue_token(person=person, name="", scope="read").text
    client = Person()
    client.client.credentials(HTTP_AUTHORIZATION=f"Token {text}")

    assert client.post("auth/tokens/", {"scope": "write"}).status_code == 403
    assert person.tokens.count() == 1
