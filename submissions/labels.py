"""The words for the fields of an entry, in the groups and the order of the form."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from contest.labels import FIELD_LABELS

__all__ = ["ENTRY_ACTS", "FIELD_HELP", "FIELD_LABELS", "GROUPS", "GROUP_LABELS"]

#: What helps to fill them in.
FIELD_HELP: Mapping[str, object] = {
    "title": _("As you would tell a neighbour: short and clear."),
    "summary": _("What was done, for whom, and what came of it."),
    "innovation": _("What was new here, or done in a new way?"),
    "success": _("What was achieved, and what still works today?"),
    "social_responsibility": _(
        "Who benefits, who was drawn in, who was not forgotten?"
    ),
    "measure": _("Such as LEADER-19.2-SAVA-1."),
    "total": _("Such as 18 407,00."),
    "links": _("One address per line, such as https://example.org/."),
    "partners": _("Who took part in the project, one per line."),
    "contact_name": _("Who the organiser can call about this entry."),
    "started_on": _("Year, month and day, such as 2024-05-31."),
    "finished_on": _("Year, month and day, such as 2024-05-31."),
}
GROUP_LABELS: Mapping[str, object] = {
    "organisation": _("Organisation"),
    "project": _("Project"),
    "money": _("Money and dates"),
    "statements": _("Innovation, success, social responsibility"),
    "other": _("Other"),
    "contact": _("Contact"),
}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("action_group", "municipality", "eldership", "place"),
    "project": (
        *("summary", "measure", "project_number", "contract_number"),
        *("partners", "nominations", "links"),
    ),
    "money": (
        *("started_on", "finished_on", "total", "with_vat"),
        *("grant_awarded", "grant_paid", "share_eu", "share_state"),
        *("share_municipality", "share_partners", "share_own", "share_in_kind"),
    ),
    "statements": ("innovation", "success", "social_responsibility"),
    "other": (),
    "contact": ("contact_name", "contact_email", "contact_phone"),
}

#: What is recorded of an entry itself, by the action of its record.
ENTRY_ACTS: Mapping[str, str] = {
    "submissions.create": gettext_noop("Entry begun"),
    "submissions.submit": gettext_noop("Entry sent"),
    "submissions.withdraw": gettext_noop("Entry withdrawn"),
    "submissions.restore": gettext_noop("Withdrawal taken back"),
    "submissions.share": gettext_noop("Draft shared or closed again"),
    "submissions.ask_to_confirm": gettext_noop("Organisation asked to confirm"),
    "submissions.confirm": gettext_noop("Entry confirmed by its organisation"),
    "submissions.confirm_on_paper": gettext_noop("Entry confirmed on paper"),
    "submissions.change_consent": gettext_noop("Consent to publish changed"),
    "submissions.extend": gettext_noop("More time given to an organisation"),
    "submissions.return": gettext_noop("Entry returned for correction"),
    "submissions.check_requirements": gettext_noop("Requirements checked"),
    "submissions.decide_eligibility": gettext_noop("Eligibility decided"),
}
