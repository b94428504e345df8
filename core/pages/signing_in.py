"""Where people go who have to sign in first, and the way back."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"


def to_sign_in(request: HttpRequest, *, has_page: bool = True) -> HttpResponseRedirect:
    """Lead to the page for signing in, which leads back to a page that can be read."""
    target = request.get_full_path() if has_page else ""
    query = f"?{urlencode({NEXT: target})}" if target else ""
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}{query}")


def to_second_factor(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to where a second factor is set up, and from there back."""
    target = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({NEXT: target})}" if target else ""
    return HttpResponseRedirect(f"{resolve_url(settings.SECOND_FACTOR_URL)}{query}")


def way_back(request: HttpRequest) -> str:
    """Tell where to go after signing in: an address of ours, or the desk."""
    target = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    is_ours = url_has_allowed_host_and_scheme(
        target,
        allowed_hosts={request.get_host()},
        require_https=request.is_secure(),
    )
    return target if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
