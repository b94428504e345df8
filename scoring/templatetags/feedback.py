"""What the page of an entry asks of the judging, once the results are published."""

from django import template

from scoring.feedback import feedback_on
from submissions.models import Submission

register = template.Library()


@register.simple_tag
def feedback_of(entry: Submission) -> list[str]:
    """``{% feedback_of entry as comments %}``: ask ``scoring.view_feedback`` before."""
    return feedback_on(entry)
