"""Who may ask for files and fetch them: the rows ``exports.*`` of the matrix."""

from core.policy import Standing, register_permissions, standing
from exports.models import Export
from scoring.rules import Results

register_permissions("exports")


@standing.register
def _standing_towards_export(obj: Export, user) -> Standing:
    return standing(Results(obj.contest), user)
