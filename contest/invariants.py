from collections.abc import Iterable

from django.db.models import F

from contest import rulebook
from contest.models import Contest, Criterion, RulebookVersion
from core.digests import json_digest
from core.invariants import invariant


@invariant("contest.rulebook_is_its_own", "A contest runs on a rulebook of its own.")
def rulebook_is_its_own() -> Iterable[str]:
    foreign = Contest.objects.filter(rulebook__isnull=False).exclude(
        rulebook__contest_id=F("pk")
    )
    yield from foreign.values_list("slug", flat=True)


@invariant(
    "contest.rulebooks_are_as_written", "A rulebook's SHA-256 is that of its document."
)
def rulebooks_are_as_written() -> Iterable[str]:
    for version in RulebookVersion.objects.iterator():
        if json_digest(version.document) != version.sha256:
            yield str(version)


@invariant("contest.criteria_have_rows", "Every criterion in force has its row.")
def criteria_have_rows() -> Iterable[str]:
    contests = Contest.objects.filter(rulebook__isnull=False).select_related("rulebook")
    for contest in contests.iterator():
        rules = rulebook.read(contest.rules_in_force.document)
        rows = Criterion.objects.filter(contest=contest, retired=False)
        if {c.code for c in rules.criteria} != set(rows.values_list("code", flat=True)):
            yield contest.slug
