"""What templates say of entries."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from submissions.models import Submission
from submissions.status import IN_EVALUATION

register = template.Library()
_State = Submission.State
_LOOKS = {
    _State.RETURNED: " warn",
    _State.ELIGIBLE: " good",
    _State.INELIGIBLE: " bad",
    IN_EVALUATION: " good",
}
_LABELS = dict(Submission.TOLD_STATES)


@register.filter
def state_chip(state: str) -> SafeString:
    """``{{ entry.standing_state|state_chip }}``: the state of an entry in words."""
    return format_html(
        '<span class="chip{}">{}</span>', _LOOKS.get(state, ""), _LABELS[state]
    )
