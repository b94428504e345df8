"""Forms of an edition's pages as a browser would send them."""

from django.urls import reverse

from contest.differences import differences
from tests.factories import CoordinatorFactory
from tests.policy.pages import browser_of


def where(name, contest, *more):
    return reverse(f"contest:{name}", args=[contest.slug, *more])


def runs(contest):
    """The browser of somebody who coordinates the contest."""
    return browser_of(CoordinatorFactory(contest=contest).person)


def typed(response, **changes):
    """What a browser would send of the form that it was shown."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        k: v for k, v in (values | changes).items() if v is not None and v is not False
    }


def paths(contest):
    """What the second version of the rules says otherwise than the first."""
    old, new = contest.rulebooks.order_by("number").values_list("document", flat=True)
    return {each.path: each.after for each in differences(old, new)}
