"""What the privacy notice tells of this installation: who answers, who is to be asked.

How long things are kept is read from the settings that the sweepers read, so that the
notice cannot promise what the program does not do.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from contest.models import Contest, Organiser
from organisations.countries import country
from organisations.countries.pack import Authority

#: The authorities of all states of the Union and the EEA.
ALL_AUTHORITIES = "https://www.edpb.europa.eu/about-edpb/about-edpb/members_en"


@dataclass(frozen=True, slots=True)
class Periods:
    """For how long things are kept: whole days, hours or minutes, as named."""

    session_days: int
    code_minutes: int
    message_days: int
    file_days: int
    contact_file_hours: int
    register_file_days: int


def controllers(contest: Contest | None) -> list[Organiser]:
    """Name who decides what happens with the data (GDPR Art. 4(7)).

    Without a contest these are the organisers of all announced ones.
    """
    if contest is not None:
        return [contest.series.organiser]
    announced = Contest.objects.visible_to(AnonymousUser()).order_by()
    found = Organiser.objects.filter(series__contests__in=announced.values("pk"))
    return list(found.distinct())


def authorities(organisers: Iterable[Organiser]) -> list[Authority]:
    """Name where to complain of them, each once; some countries' are not known."""
    packs = {o.country: country(o.country) for o in organisers}
    return [pack.authority for pack in packs.values() if pack.authority is not None]


def periods() -> Periods:
    """Read how long this installation keeps what it deletes by itself."""
    return Periods(
        session_days=settings.SESSION_COOKIE_AGE // (24 * 3600),
        code_minutes=int(settings.EMAIL_CODE_LIFETIME.total_seconds()) // 60,
        message_days=settings.MAIL_TEXTS_KEPT.days,
        file_days=settings.JOB_FILES_KEPT.days,
        contact_file_hours=int(settings.CONTACT_FILES_KEPT.total_seconds()) // 3600,
        register_file_days=settings.IMPORT_KEEP.days,
    )
