"""Words of contests for templates."""

from django import template

from contest.labels import invitation_label, phase_label, role_label

register = template.Library()
register.filter("phase_name", phase_label)
register.filter("role_name", role_label)
register.filter("invitation_name", invitation_label)
