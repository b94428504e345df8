"""Who may ask for files and fetch them: the rows ``exports.*`` of the matrix."""

from contest.rules import roles_in, standing_in
from core.policy import Standing, register_permissions, standing
from exports.models import Export

register_permissions("exports")


@standing.register
def _standing_towards_export(obj: Export, user) -> Standing:
    return standing_in(obj.contest, roles_in(obj.contest, user))
