"""Words of contests for templates, and whom to ask about one."""

from django import template

from contest.labels import invitation_label, phase_label, role_label
from contest.pages.contact import whom_to_ask

register = template.Library()
register.filter("phase_name", phase_label)
register.filter("role_name", role_label)
register.filter("invitation_name", invitation_label)
register.simple_tag(whom_to_ask, takes_context=True)
