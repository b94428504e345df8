"""What templates ask about people."""

from django import template
from django.utils.translation import gettext_lazy as _

from accounts.samples import samples

register = template.Library()
_ROLES = {
    "administrator": _("Administrator"),
    "coordinator": _("Coordinator"),
    "juror": _("Juror"),
    "representative": _("Representative of an organisation"),
}


@register.simple_tag
def sample_people():
    """``{% sample_people as people %}``: (person, role) of a demonstration."""
    return [(sample.person, _ROLES[sample.role]) for sample in samples()]
