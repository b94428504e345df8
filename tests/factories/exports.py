import factory
from factory.django import DjangoModelFactory

from exports.models import Export
from exports.services import job_kind
from tests.factories.accounts import UserFactory
from tests.factories.contest import ContestFactory
from tests.factories.jobs import JobFactory


class ExportFactory(DjangoModelFactory):
    """A workbook asked for and not begun; ``job__content=b"…"`` is a finished one."""

    class Meta:
        model = Export

    contest = factory.SubFactory(ContestFactory)
    requested_by = factory.SubFactory(UserFactory)
    job = factory.SubFactory(
        JobFactory,
        kind=factory.LazyAttribute(lambda o: job_kind(o.factory_parent.kind)),
        requester_id=factory.SelfAttribute("..requested_by.pk"),
    )
    kind = Export.Kind.RANKING
    file_format = Export.Format.XLSX
    reason = factory.LazyAttribute(
        lambda o: "Kvietimai" if o.kind == Export.Kind.CONTACTS else ""
    )
    language = "lt"
