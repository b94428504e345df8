"""Every address of the URL conf with what may be done there."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

from core.pages.views import Page

METHODS = ("get", "post", "put", "patch", "delete")
# What is not asked through DRF's permissions, named one by one.
OUTSIDE_DRF = {
    ("healthz", "get"): "core.health",
    ("schema", "get"): "core.docs",
    ("docs", "get"): "core.docs",
}
# Django's admin asks one row for all it shows: test_admin.py walks through it.
ADMIN = "admin"


@dataclass(frozen=True)
class Route:
    """One method at one address; ``action`` is None where no row is named."""

    name: str
    method: str
    action: str | None


def routes(urlconf=None):
    """List the routes of a URL conf, the site's own unless told otherwise."""
    return [
        route
        for pattern in _patterns(get_resolver(urlconf).url_patterns)
        for route in _of(*pattern)
    ]


def _patterns(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern, f"{space}{pattern.name}"
        elif pattern.app_name != ADMIN:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _patterns(pattern.url_patterns, inner)


def _of(pattern, name):
    callback = pattern.callback
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    if view is None or not hasattr(view, "permission_map"):
        for method in _methods(view, {}):
            yield Route(name, method, OUTSIDE_DRF.get((name, method)))
        return
    named = getattr(callback, "actions", None) or {}
    for method in _methods(view, named):
        if issubclass(view, Page) and method not in view.permission_map:
            continue  # of a page, every method without a row is refused
        action = view.permission_map.get(named.get(method, method))
        yield Route(name, method, action)


def _methods(view, named):
    if named:
        return [method for method in METHODS if method in named]
    if view is None:
        return ["get"]
    return [method for method in METHODS if hasattr(view, method)]
