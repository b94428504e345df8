"""Every entry that was ever sent, as it was sent last: one query, read in portions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models.functions import Length

from contest.models import Contest
from core.localized import localized
from organisations.countries import country
from scoring.naming import shown_organisation
from submissions.models import Submission

ROWS_AT_ONCE = 500  # each brings its whole text
_CONTENT = "current_version__content__"
_FIELDS = {
    "id": "pk",
    "reference": "reference",
    "state": "state",
    "submitted_at": "submitted_at",
    "version": "current_version__number",
    "sha256": "current_version__sha256",
    "document": f"{_CONTENT}document",
    "signed_by": f"{_CONTENT}signed_by",
    "signed_role": f"{_CONTENT}signed_role",
    "decision_reason": "decision_reason",
    "withdrawn_reason": "withdrawn_reason",
    "organisation_id": "organisation_id",
    "organisation_name": "organisation__name",
    "organisation_kind": "organisation__kind",
    "organisation_code": "organisation__code",
    "organisation_email": "organisation__email",
    "organisation_phone": "organisation__phone",
    "organisation_address": "organisation__address",
    "land": "organisation__country",
    "municipality_code": "organisation__municipality",
    "own_action_group": "organisation__action_group",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """An entry for the columns of an export; ``document`` is what was sent last."""

    id: UUID
    reference: str
    state: str
    submitted_at: datetime
    version: int
    sha256: str
    document: Mapping[str, Any]
    signed_by: str
    signed_role: str
    decision_reason: str
    withdrawn_reason: str
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str
    organisation_code: str
    organisation_email: str
    organisation_phone: str
    organisation_address: str
    land: str
    municipality_code: str
    own_action_group: str
    is_masked: bool
    shown_name: str

    @property
    def country_name(self) -> str:
        """The country of the organisation, in the language of the file."""
        return localized(country(self.land).names)

    @property
    def municipality(self) -> str:
        """The municipality of the organisation."""
        return country(self.land).place_name(self.municipality_code)

    @property
    def county(self) -> str:
        """The county of the organisation."""
        return country(self.land).county_name(self.municipality_code)

    @property
    def action_group(self) -> str:
        """That of the project, else that of the organisation."""
        return self.text("action_group") or self.own_action_group

    def text(self, field: str) -> str:
        """A text that was sent; empty where the form did not ask for it yet."""
        return str(self.document.get(field) or "")

    def amount(self, field: str) -> Decimal | None:
        """A sum of money that was sent."""
        value = self.document.get(field)
        return None if value in {None, ""} else Decimal(str(value))

    def day(self, field: str) -> date | None:
        """A date that was sent."""
        value = self.document.get(field)
        return date.fromisoformat(value) if value else None


def sent_entries(contest: Contest, only: Collection[UUID] = ()) -> Iterator[Sent]:
    """Read the entries by reference, 9 before 10; ``only`` some, by their ids."""
    entries = Submission.objects.filter(contest=contest).sent()
    rows = (
        (entries.filter(pk__in=only) if only else entries)
        .order_by(Length("reference"), "reference")
        .values_list(*_FIELDS.values())
    )
    masked = contest.masks_organisations
    for row in rows.iterator(ROWS_AT_ONCE):
        values = dict(zip(_FIELDS, row, strict=True))
        shown = shown_organisation(
            contest, values["reference"], values["organisation_name"]
        )
        yield Sent(**values, is_masked=masked, shown_name=shown)
