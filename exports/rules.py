"""Who may ask for files and fetch them: the rows ``exports.*`` of the matrix."""

from core.policy import Standing, allows, register_permissions, standing
from exports.models import Export
from scoring.rules import Results

register_permissions("exports")


@standing.register
def _standing_towards_export(obj: Export, user) -> Standing:
    return standing(Results(obj.contest), user)


def row_of(kind):
    """Name the row that decides who may ask for files of a kind and fetch them."""
    return f"exports.request_{kind}"


def kinds_for(user, contest):
    """List the kinds of files that a person may have of a contest now."""
    results = Results(contest)
    return [kind for kind in Export.Kind if allows(user, row_of(kind), results)]
