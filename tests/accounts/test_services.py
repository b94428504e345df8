"""People, their codes and tokens; and that nobody comes in as somebody else."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts import codes, services
from accounts.models import ApiToken, OneTimeCode, User
from audit.models import Event
from core import clock
from core.errors import Invalid, NotYours
from mail.models import Message
from mail.runner import send_due
from mail.services import ring
from tests.core.races import at_once
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

EMAIL = "ona@example.org"
PLAIN = {"name": "", "scope": "write", "lifetime": None}


def redeem(code, email=EMAIL):
    return services.redeem_code(email=email, code=code, **PLAIN)


def mailed_code(email=EMAIL):
    codes.send_code(email=email)
    send_due()
    return mail.outbox[-1].subject.split()[-1]


# --- Invitations -------------------------------------------------------------------


def test_invite_makes_a_person_and_tells_the_code_once():
    invitation = services.invite(email=" Ona@Example.ORG ", by=UserFactory())

    assert invitation.person.email == EMAIL
    assert redeem(invitation.code).row.person == invitation.person


def test_the_first_inviter_may_be_told_a_new_code():
    inviter = UserFactory()
    codes = [services.invite(email=EMAIL, by=inviter).code for _ in range(2)]

    assert None not in codes
    assert codes[0] != codes[1]


def test_a_second_inviter_is_told_no_code():
    services.invite(email=EMAIL, by=UserFactory())

    assert services.invite(email=EMAIL, by=UserFactory()).code is None


def test_who_has_an_account_is_invited_without_a_code():
    person = UserFactory(last_login=clock.now())

    assert services.invite(email=person.email, by=UserFactory()).code is None


def test_who_asked_for_a_code_is_invited_without_one():
    inviter = UserFactory()
    services.invite(email=EMAIL, by=inviter)
    mailed_code()

    assert services.invite(email=EMAIL, by=inviter).code is None


def test_a_code_told_to_one_inviter_ends_when_another_gives_the_person_a_role():
    told = services.invite(email=EMAIL, by=UserFactory()).code

    services.invite(email=EMAIL, by=UserFactory())

    with pytest.raises(Invalid):
        redeem(told)


def test_a_token_of_whoever_invited_ends_when_the_address_is_proved():
    told = services.invite(email=EMAIL, by=UserFactory()).code
    taken = redeem(told)

    redeem(mailed_code())

    assert not ApiToken.objects.valid(clock.now()).filter(pk=taken.row.pk).exists()


def test_administrator_is_made_by_the_command_line():
    invitation = services.make_administrator(email=EMAIL)

    assert User.objects.get().is_administrator
    assert redeem(invitation.code).row.person == invitation.person


# --- Codes -------------------------------------------------------------------------


def test_a_code_is_mailed_in_the_persons_language():
    UserFactory(email=EMAIL, language="en")

    code = mailed_code()

    assert mail.outbox[0].to == [EMAIL]
    assert mail.outbox[0].subject == f"Your sign-in code: {code}"
    assert len(code) == 6


def test_a_newcomers_first_code_proves_the_address_and_makes_the_person():
    code = mailed_code(" Ona@Example.org ")
    before = User.objects.count()

    person = codes.sign_in(email="ona@EXAMPLE.org", code=code)

    assert before == 0
    assert (person.email, person.has_usable_password()) == (EMAIL, False)
    assert person.email_proved_at is not None
    assert list(Event.objects.values_list("action", flat=True).order_by("at")) == [
        "accounts.register",
        "accounts.sign_in",
    ]


def test_asking_makes_no_account():
    codes.send_code(email=EMAIL)

    assert not User.objects.exists()


def test_a_newcomer_who_was_invited_meanwhile_comes_in_as_the_invited():
    code = mailed_code()
    invited = services.invite(email=EMAIL, by=UserFactory())

    person = codes.sign_in(email=EMAIL, code=code)

    assert person == invited.person
    with pytest.raises(Invalid):  # whoever invited knows a code that opens nothing
        codes.sign_in(email=EMAIL, code=invited.code)


def test_a_newcomer_locked_out_meanwhile_stays_out():
    code = mailed_code()
    UserFactory(email=EMAIL, is_active=False)

    with pytest.raises(Invalid):
        codes.sign_in(email=EMAIL, code=code)


def test_a_newcomers_code_is_burnt_by_guessing():
    code = mailed_code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(OneTimeCode.objects.get().tries_allowed):
        with pytest.raises(Invalid):
            codes.sign_in(email=EMAIL, code=wrong)

    with pytest.raises(Invalid):
        codes.sign_in(email=EMAIL, code=code)


def test_the_letter_box_of_a_stranger_is_not_flooded():
    for _ in range(8):
        codes.send_code(email=EMAIL)

    assert Message.objects.count() == 5


def test_no_code_is_mailed_to_those_who_may_not_come_in():
    UserFactory(email=EMAIL, is_active=False)

    codes.send_code(email=EMAIL)
    send_due()

    assert mail.outbox == []
    assert Message.objects.count() == 0


@pytest.mark.parametrize("is_known", [True, False])
def test_who_asks_for_a_code_waits_for_no_mail_server(
    is_known, django_capture_on_commit_callbacks
):
    """Whether the address is known: the same one bell, and nothing sent meanwhile."""
    if is_known:
        UserFactory(email=EMAIL)

    with django_capture_on_commit_callbacks(execute=True) as after_commit:
        codes.send_code(email=EMAIL)

    assert after_commit == [ring]
    assert mail.outbox == []


def test_a_code_can_be_read_nowhere_once_it_was_sent():
    UserFactory(email=EMAIL)

    code = mailed_code()

    (row,) = Message.objects.values()
    assert code not in str(row)
    assert row["state"] == "sent"


def test_a_code_works_once():
    code = services.invite(email=EMAIL, by=UserFactory()).code
    redeem(code)

    with pytest.raises(Invalid):
        redeem(code)


def test_a_code_ends(time_machine):
    code = services.invite(email=EMAIL, by=UserFactory()).code
    time_machine.move_to(clock.now() + timedelta(days=14, seconds=1))

    with pytest.raises(Invalid):
        redeem(code)


def test_the_code_of_one_person_is_nothing_to_another():
    code = services.invite(email=EMAIL, by=UserFactory()).code
    UserFactory(email="kita@example.org")

    with pytest.raises(Invalid):
        redeem(code, email="kita@example.org")


def test_a_mailed_code_is_guessed_ten_times_at_most():
    UserFactory(email=EMAIL)
    code = mailed_code()
    for _ in range(10):
        with pytest.raises(Invalid):
            redeem("wrong")

    with pytest.raises(Invalid):
        redeem(code)


def test_guesses_by_strangers_do_not_burn_an_invitation():
    code = services.invite(email=EMAIL, by=UserFactory()).code
    for _ in range(30):
        with pytest.raises(Invalid):
            redeem("wrong")

    assert redeem(code).text


def test_neither_code_nor_token_stands_in_the_database():
    UserFactory(email=EMAIL)
    code = mailed_code()
    issued = redeem(code)

    kept = str([*OneTimeCode.objects.values(), *ApiToken.objects.values()])
    record = str(list(Event.objects.values()))
    assert [s for s in (code, issued.text) if s in kept + record] == []


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_a_code_sent_by_two_browsers_at_once_works_once():
    code = services.invite(email=EMAIL, by=UserFactory()).code

    outcomes = at_once([lambda: redeem(code)] * 4)

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["Invalid", "Invalid", "Invalid", "IssuedToken"]


# --- Tokens ------------------------------------------------------------------------


def test_only_ones_own_tokens_are_ended():
    token = services.issue_token(person=UserFactory(), name="", scope="read").row

    with pytest.raises(NotYours):
        services.revoke_token(token_id=token.pk, by=UserFactory())


def test_the_command_line_gives_a_known_person_a_code(capsys):
    person = UserFactory(email=EMAIL)

    call_command("give_code", EMAIL, reason="Nepasiekia laiškai")

    code = re.search(r"\d{6}", capsys.readouterr().out).group()
    assert codes.sign_in(email=EMAIL, code=code) == person
    assert Event.objects.get(action="accounts.give_code").reason
    with pytest.raises(CommandError):
        call_command("give_code", "nobody@example.org", reason="Nepasiekia")
