"""A sign-in code by telephone, where mail fails: for known representatives only."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.codes import give_by_telephone
from accounts.letters import post_notice
from accounts.models import User
from audit.services import record
from contest.models import Auditor, Contest, Coordinator, Juror, OrganiserMember
from core.errors import Conflict, Invalid
from core.policy import require
from organisations.models import Representative

_GIVEN = gettext_lazy(
    "A coordinator gave a code for signing in to your account by telephone."
)


@dataclass(frozen=True, slots=True)
class TelephoneCode:
    """The code, told once, and when it ends."""

    code: str
    expires_at: datetime


@transaction.atomic
def give_telephone_code(
    *, contest: Contest, email: str, reason: str, by: User
) -> TelephoneCode:
    """Make a code for somebody who acts for an organisation that can enter.

    Never for who holds an office anywhere or has a second factor: the code would open
    what the coordinator must not see.
    """
    require(by, "contest.give_telephone_code", contest)
    person = User.objects.behind(email.strip().lower())
    if person is None or not person.is_active or not _speaks(person, contest):
        raise Invalid.field(
            "email",
            _("Nobody with this address acts for an organisation that can enter."),
            code="not_a_representative",
        )
    if person == by or _holds_office(person) or person.has_second_factor:
        raise Conflict(
            _(
                "This person has an office or a second factor: only a code sent to"
                " their own address opens the account. Nothing was made."
            ),
            code="not_by_telephone",
        )
    code, row = give_by_telephone(person, by=by)
    record(
        *("contest.give_telephone_code", person),
        by=by,
        contest_id=contest.pk,
        reason=reason,
    )
    post_notice(person, _GIVEN, of=f"telephone:{row.pk}")
    return TelephoneCode(code, row.expires_at)


def _speaks(person: User, contest: Contest) -> bool:
    acting = Representative.objects.acting().filter(person=person)
    country = contest.series.organiser.country
    return acting.filter(organisation__country=country).exists()


def _holds_office(person: User) -> bool:
    offices = (OrganiserMember, Coordinator, Juror, Auditor)
    return person.is_administrator or any(
        office.objects.filter(person=person).exists() for office in offices
    )
