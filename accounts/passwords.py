"""The password that nobody needs: set, changed, removed, and the sign-in by it."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.codes import require_proved
from accounts.letters import post_notice
from accounts.models import User
from accounts.querysets import normalise_email
from audit.services import record
from core import clock
from core.errors import FieldError, Invalid
from core.policy import require
from core.rates import count_try

_SET = gettext_lazy("A password was set for your account, or changed.")
_REMOVED = gettext_lazy("The password of your account was removed.")


@transaction.atomic
def set_password(*, new: str, current: str, by: User) -> None:
    """Set a password, or change it; every other session ends with the old one."""
    require(by, "accounts.change_security")
    require_proved(by)
    _require_current(by, current)
    try:
        validate_password(new, by)
    except ValidationError as refusal:
        errors = [FieldError("new", message) for message in refusal.messages]
        raise Invalid(_("Choose a different password."), errors=errors) from None
    by.set_password(new)
    by.save(update_fields=["password"])
    record("accounts.set_password", by, by=by)
    post_notice(by, _SET, of=f"password:{clock.now().isoformat()}")


@transaction.atomic
def remove_password(*, current: str, by: User) -> None:
    """Go back to codes alone."""
    require(by, "accounts.change_security")
    _require_current(by, current)
    by.set_unusable_password()
    by.save(update_fields=["password"])
    record("accounts.remove_password", by, by=by)
    post_notice(by, _REMOVED, of=f"password:{clock.now().isoformat()}")


def sign_in(*, email: str, password: str) -> User:
    """Find who signs in by a password; the caller opens the session.

    An unknown address takes as long as a known one, and one without a password, too.
    """
    address = normalise_email(email)
    count_try("password", of=address)
    person = User.objects.behind(address)
    is_right = (person or User()).check_password(password)
    if person is None or not person.is_active or not is_right:
        raise Invalid.field(
            "password",
            _(
                "The e-mail address or the password is wrong. A code by e-mail always"
                " works."
            ),
            code="wrong_password",
        )
    record("accounts.sign_in", person, by=person, by_password=True)
    return person


def _require_current(person: User, current: str) -> None:
    if not person.has_usable_password():
        return
    count_try("password", of=str(person.pk))
    if not person.check_password(current):
        raise Invalid.field(
            "current", _("This is not your password."), code="wrong_password"
        )
