"""Who is told of an act or an invitation. Called by services, in their transactions."""

from typing import Any

from accounts.letters import recipient_of
from accounts.models import User
from contest.consequences import letters_after
from contest.letters import named, sender_of
from contest.models import Act, Auditor, Contest, Coordinator, Juror, OrganiserMember
from contest.phases import ActKind
from core import clock
from mail import links
from mail.letters import Letter, Sender, Template
from mail.selectors import Preview, preview
from mail.services import post


def tell_act(act: Act) -> None:
    """Write to everybody whom an act of the course concerns."""
    post(*letters_after(act), sender=sender_of(act.contest))


def preview_act(contest: Contest, kind: ActKind) -> Preview:
    """Show whom an act would write to now, and how it would read; nothing is kept."""
    meant = Act(contest=contest, kind=kind)
    return preview(letters_after(meant), sender=sender_of(contest))


def tell_invitation(
    template: Template, seat: Juror | Coordinator | Auditor, **values: Any
) -> None:
    """Lead an invited person to the sign-in page; the letter holds no code.

    Codes go to whoever asks for one at that page, and to the first inviter (ADR 6).
    """
    letter = Letter(
        template,
        to=recipient_of(seat.person),
        occasion=f"{seat.pk} {clock.now().isoformat()}",
        values={**named(seat.contest), **values},
        link=links.sign_in(),
    )
    post(letter, sender=sender_of(seat.contest))


def tell_membership(template: Template, member: OrganiserMember, person: User) -> None:
    """Tell a person that they may prepare the contests of an organiser."""
    organiser = member.organiser
    sender = Sender(organiser, organiser.phone, organiser.email)
    letter = Letter(
        template,
        to=recipient_of(person),
        occasion=f"{member.pk} {clock.now().isoformat()}",
        values={"organiser": organiser},
        link=links.sign_in(),
    )
    post(letter, sender=sender)
