"""Words of contests for templates, and whom to ask about one."""

from django import template

from contest.labels import invitation_label, phase_label, role_label
from contest.pages.contact import whom_to_ask
from contest.rulebook import Criterion, Nomination, Rulebook

register = template.Library()
register.filter("phase_name", phase_label)
register.filter("role_name", role_label)
register.filter("invitation_name", invitation_label)
register.simple_tag(whom_to_ask, takes_context=True)


@register.filter
def belonging(rules: Rulebook, criterion: Criterion) -> list[Nomination]:
    """``{{ rules|belonging:criterion }}``: its nominations; none where it has all."""
    return [each for each in rules.nominations if each.code in criterion.nominations]
