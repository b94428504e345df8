"""The register in files: brought in by a coordinator, or asked for by one."""

from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from contest.pretending import require_real
from core import clock
from core.errors import Conflict, Invalid
from core.policy import require
from jobs import files as job_files
from jobs.models import Job
from jobs.services import enqueue
from organisations import files, importing, reasons
from organisations.imports.columns import Table
from organisations.imports.limits import Limits
from organisations.imports.planning import Line, Outcome, Plan, shown
from organisations.imports.refusals import Refusal
from organisations.imports.sniffing import kind_of
from organisations.models import ImportProblem, ImportRun, RegisterExport

CHECK_IMPORT = "contest.check_register_import"
APPLY_IMPORT = "contest.apply_register_import"
EXPORT_REGISTER = "contest.export_register"

_DIFFERENCES_KEPT = 200
_LETTERS = {outcome: outcome.value[0] for outcome in Outcome}  # one a row, in order
_OUTCOMES = {letter: outcome for outcome, letter in _LETTERS.items()}

State = ImportRun.State


def limits() -> Limits:
    """How much of a file is read on this server."""
    return Limits(rows=settings.IMPORT_MAX_ROWS)


@transaction.atomic
def request_import(
    *, contest: Contest, file: IO[bytes], name: str, by: User
) -> ImportRun:
    """Take a file and queue its dry run, or hand back the same one under way.

    What the file's beginning already gives away is refused at once. The contest's row
    is the lock: two clicks of one person come one after the other.
    """
    contest = _held_to_import(contest, by=by)
    name = shown(name)
    _require_readable(file, name)
    stored, sha256, size = files.store(file)
    mine = ImportRun.objects.filter(
        contest_id=contest.pk, requested_by=by, sha256=sha256, erased_at=None
    )
    under_way = mine.filter(check_job__in=Job.objects.active()).first()
    if under_way is not None:
        files.erase(stored)
        return under_way
    run = ImportRun.objects.create(
        contest_id=contest.pk,
        country=contest.series.organiser.country,
        requested_by=by,
        file_name=name,
        stored_name=stored,
        sha256=sha256,
        size=size,
        check_job=enqueue(kind=CHECK_IMPORT, parameters={}, requester_id=by.pk),
    )
    record(
        "contest.import_register",
        run,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        sha256=sha256,
        size=size,
    )
    return run


def _held_to_import(contest: Contest, *, by: User) -> Contest:
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "contest.import_register", contest)
    require_real(contest)
    return contest


def _require_readable(file: IO[bytes], name: str) -> None:
    try:
        kind_of(file, name, limits())
    except Refusal as refusal:
        sentence = reasons.of_file(refusal.code, refusal.facts)
        raise Invalid.field(
            "file", sentence, received=name, code=refusal.code
        ) from refusal


def keep_check(
    *, run: ImportRun, facts: Mapping[str, Any], plan: Plan, hold: Callable[[], None]
) -> None:
    """Keep what the dry run found. It decides nothing, so it is not in the record."""
    with transaction.atomic():
        hold()
        run.facts = dict(facts)
        run.counts = plan.counts()
        run.outcomes = _letters(plan)
        run.save(update_fields=["facts", "counts", "outcomes"])
        _keep_problems(run, plan)


def keep_refusal(*, run: ImportRun, refusal: Refusal, hold: Callable[[], None]) -> None:
    """Keep why the file cannot be read."""
    with transaction.atomic():
        hold()
        facts = {
            name: shown(fact) if isinstance(fact, str) else fact
            for name, fact in refusal.facts.items()
        }
        run.refusal = {"code": refusal.code, "facts": facts}
        run.save(update_fields=["refusal"])


@transaction.atomic
def request_apply(*, contest: Contest, run_id: UUID, mode: str, by: User) -> ImportRun:
    """Queue the writing of a checked file, or hand back the same that is under way."""
    require(by, "contest.import_register", contest)
    ImportRun.objects.select_for_update().get(pk=run_id, contest_id=contest.pk)
    run = ImportRun.objects.select_related("check_job", "apply_job").get(pk=run_id)
    if run.state == State.APPLYING and run.mode == mode:
        return run
    _require_applicable(run, mode)
    run.mode = mode
    run.apply_job = enqueue(kind=APPLY_IMPORT, parameters={}, requester_id=by.pk)
    run.save(update_fields=["mode", "apply_job"])
    record(
        "contest.apply_register_import",
        run,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        mode=mode,
    )
    return run


def _require_applicable(run: ImportRun, mode: str) -> None:
    if run.erased_at is not None:
        raise Conflict(
            _("This file was erased in the meantime. Send it again."), code="file_gone"
        )
    may_follow = run.state in {State.CHECKED, State.NOT_APPLIED} or (
        run.state == State.FAILED and run.apply_job is not None
    )
    if not may_follow:
        raise Conflict(
            _(
                "Only a checked file can be written. This one: {state}. Nothing was"
                " changed now."
            ).format(state=run.state.label),
            code="not_applicable",
            extra={"state": run.state.value},
        )
    rejected = run.counts["errors"] + run.counts["duplicates"]
    if mode == ImportRun.Mode.ALL_OR_NOTHING and rejected:
        raise Conflict(
            _(
                "Rows that cannot be written: {count}. Nothing was changed. Correct"
                " them in the file and send it again, or choose “the good rows now”"
                " (good_rows) to write the others now."
            ).format(count=rejected),
            code="rows_rejected",
            extra={"counts": run.counts},
        )


@transaction.atomic
def apply_import(
    *,
    run: ImportRun,
    contest: Contest,
    lines: Sequence[Line],
    table: Table,
    by: User,
    hold: Callable[[], None],
) -> bool:
    """Write the rows, all in this transaction; tell whether anything could be.

    The register may have changed since the dry run: the plan is made anew, and what
    differs is kept to be told. ``hold`` fences off a worker that lost its lease, and
    a second attempt finds the work of the first done.
    """
    hold()
    ImportRun.objects.select_for_update().get(pk=run.pk)
    run.refresh_from_db()
    if run.applied_at is not None:
        return True
    require(by, "contest.import_register", contest)
    plan = importing.planned_and_held(lines, table, run.country)
    run.result = {"counts": plan.counts(), **_differences(run.outcomes, plan)}
    may_write = run.mode == ImportRun.Mode.GOOD_ROWS or not plan.rejected_rows()
    if may_write:
        importing.write(plan, country_code=run.country, by=by, reason=run.file_name)
        run.applied_at = clock.now()
    run.save(update_fields=["result", "applied_at"])
    _keep_problems(run, plan)
    record(
        "contest.write_register",
        run,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        mode=run.mode,
        written=may_write,
        counts=run.result["counts"],
    )
    return may_write


@transaction.atomic
def request_register_export(
    *, contest: Contest, with_contacts: bool, language: str, by: User
) -> RegisterExport:
    """Queue a file of the register, or hand back the same one under way."""
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "contest.export_register", contest)
    if with_contacts:
        require(by, "contest.export_register_contacts", contest)
    wanted = {
        "contest_id": contest.pk,
        "country": contest.series.organiser.country,
        "with_contacts": with_contacts,
        "language": language,
        "requested_by": by,
    }
    active = RegisterExport.objects.filter(job__in=Job.objects.active(), **wanted)
    if (under_way := active.first()) is not None:
        return under_way
    job = enqueue(kind=EXPORT_REGISTER, parameters={}, requester_id=by.pk)
    export = RegisterExport.objects.create(job=job, **wanted)
    record(
        "contest.export_register",
        export,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        with_contacts=with_contacts,
    )
    return export


def erase_old_files() -> int:
    """Erase what people brought in or asked for long ago; how many were erased.

    Rows stay with their counts: files, and what stood in single cells, do not.
    """
    oldest = clock.now() - settings.IMPORT_KEEP
    old_runs = ImportRun.objects.filter(erased_at=None, created_at__lt=oldest)
    settled = ~Q(check_job__in=Job.objects.active())
    settled &= Q(apply_job=None) | ~Q(apply_job__in=Job.objects.active())
    runs = list(old_runs.filter(settled).select_related("check_job", "apply_job"))
    for run in runs:
        _erase(run)
    done = RegisterExport.objects.filter(created_at__lt=oldest).exclude(
        job__file_name=""
    )
    exports = list(done.select_related("job"))
    for export in exports:
        _erase_file_of(export.job)
    kept = set(ImportRun.objects.values_list("stored_name", flat=True))
    for name in files.orphans(kept):
        files.erase(name)
    return len(runs) + len(exports)


@transaction.atomic
def _erase(run: ImportRun) -> None:
    names = run.stored_name
    run.problems.all().delete()
    run.stored_name, run.erased_at = "", clock.now()
    run.facts, run.outcomes = {}, ""
    run.save(update_fields=["stored_name", "erased_at", "facts", "outcomes"])
    for job in filter(None, (run.check_job, run.apply_job)):
        _erase_file_of(job)
    record("contest.erase_register_import", run, by=None, contest_id=run.contest_id)
    transaction.on_commit(lambda: files.erase(names))


def _erase_file_of(job: Job) -> None:
    if not job.file_name:
        return
    path = job_files.path_of(job.file_name)
    job.file_name, job.file_sha256, job.file_size = "", "", None
    job.save(update_fields=["file_name", "file_sha256", "file_size"])
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _keep_problems(run: ImportRun, plan: Plan) -> None:
    run.problems.all().delete()
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                run=run,
                row=problem.row,
                field=problem.field,
                column=problem.column,
                code=problem.code,
                received=problem.received,
                facts=dict(problem.facts),
                is_error=problem.is_error,
            )
            for problem in plan.problems
        ),
        batch_size=1000,
    )


def _letters(plan: Plan) -> str:
    return "".join(_LETTERS[decision.outcome] for decision in plan.decisions)


def _differences(before: str, plan: Plan) -> dict[str, Any]:
    """Which rows the register's changes since the dry run have put elsewhere."""
    found = [
        {"row": decision.row, "was": _OUTCOMES[was], "now": decision.outcome}
        for was, decision in zip(before, plan.decisions, strict=True)
        if was != _LETTERS[decision.outcome]
    ]
    return {"differing": len(found), "differences": found[:_DIFFERENCES_KEPT]}
