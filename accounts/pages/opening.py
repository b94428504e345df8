"""From a proof of who it is to a session: allauth's flow, with its second factor."""

import secrets

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings

from accounts import services
from core.pages.signing_in import way_back

_ASKER = "code_asker"  # key of the session


def asker_of(request):
    """Tell, and make if need be, the secret by which a browser asks for codes."""
    if _ASKER not in request.session:
        request.session[_ASKER] = secrets.token_urlsafe(16)
    return request.session[_ASKER]


def open_session(request, person, *, own_device):
    """Sign in, or lead to the page of the second factor; leads back where one was."""
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if own_device else 0)
    person.backend = settings.AUTHENTICATION_BACKENDS[0]
    login = Login(user=person, email=person.email, redirect_url=way_back(request))
    response = perform_login(request, login)
    if request.user.is_authenticated:  # else the second factor is still to come
        _keep_language(request, person)
    return response


def _keep_language(request, person):
    """Let a language that was chosen before signing in hold for the account, too.

    The pages stay in the language in which the person reads them.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES) and chosen != person.language:
        services.change_self(by=person, language=chosen)


def remember_language(response, language):
    """Keep the language of the pages in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
