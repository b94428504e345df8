"""Words of contests for templates."""

from django import template

from contest.labels import phase_label

register = template.Library()
register.filter("phase_name", phase_label)
