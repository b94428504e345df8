"""How an entry and its organisation are named in a result."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contest.models import Contest
from organisations.models import Organisation
from submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Naming:
    """What a result shows beside the numbers of one entry: as sent, no contacts."""

    reference: str
    title: str
    organisation: str
    municipality: str
    county: str
    action_group: str


def namings(contest: Contest, references: Iterable[str]) -> dict[str, Naming]:
    """Name entries by reference, in one query; masked where the contest says so."""
    entries = (
        Submission.objects.filter(contest=contest, reference__in=list(references))
        .select_related("organisation", "current_version__content")
        .only(
            "reference",
            "organisation",
            "current_version__content__document",
            "organisation__name",
            "organisation__country",
            "organisation__municipality",
            "organisation__action_group",
        )
    )
    return {entry.reference: _naming(contest, entry) for entry in entries}


def _naming(contest: Contest, entry: Submission) -> Naming:
    sent = entry.sent_document
    return Naming(
        reference=entry.reference,
        title=sent["title"],
        organisation=_organisation(contest, entry),
        municipality=entry.organisation.municipality_name,
        county=entry.organisation.county_name,
        action_group=sent["action_group"] or entry.organisation.action_group,
    )


def _organisation(contest: Contest, entry: Submission) -> str:
    organisation: Organisation = entry.organisation
    if not contest.masks_organisations:
        return organisation.name
    number = entry.reference.rpartition("-")[2]
    return _("Organisation No. {number} (name masked)").format(number=number)
