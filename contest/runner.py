"""The work of files of the register. Called by ``jobs.runner``, with a lease held."""

from collections.abc import Iterator, Sequence

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contest import register_files
from contest.models import Contest
from core.policy import allows
from jobs.kinds import Refused, Work, runs
from organisations import files
from organisations.countries import country
from organisations.handing_back import keep_rejected
from organisations.importing import planned
from organisations.imports.cells import kind_word
from organisations.imports.columns import Table, header_of, recognise
from organisations.imports.planning import Line, read_lines, shown
from organisations.imports.reading import Content, read_file
from organisations.imports.refusals import Refusal
from organisations.models import ImportRun, Organisation, RegisterExport
from organisations.workbooks import write_table

_TRIES = 3  # against somebody who adds one of the codes in the same moment
_NO_LONGER = gettext_noop("The person who asked for this may no longer have it.")
_GONE = gettext_noop("This file was erased in the meantime. Send it again.")
_PUBLIC = ("code", "name", "kind", "legal_form", "municipality", "county")
_ALSO_PUBLIC = ("eldership", "action_group", "website")
_CONTACTS = ("address", "email", "phone")
_CHUNK = 2000  # rows


@runs(register_files.CHECK_IMPORT)
def check_import(work: Work) -> None:
    """Read the file and keep what it would change; the register stays as it is."""
    run = ImportRun.objects.select_related("requested_by").get(check_job_id=work.job_id)
    _require(run, "contest.import_register")
    try:
        content, table, lines = _read(run, work)
    except Refusal as refusal:
        register_files.keep_refusal(run=run, refusal=refusal, hold=work.hold)
        return
    plan = planned(lines, table, run.country)
    facts = _facts(content, table)
    register_files.keep_check(run=run, facts=facts, plan=plan, hold=work.hold)
    keep_rejected(work.open_file("jsonl"), content, table, plan.rejected_rows())


@runs(register_files.APPLY_IMPORT)
def apply_import(work: Work) -> None:
    """Write the rows, then the file of those that were not written."""
    run = ImportRun.objects.select_related("requested_by").get(apply_job_id=work.job_id)
    contest = _require(run, "contest.import_register")
    try:
        content, table, lines = _read(run, work)
    except Refusal as refusal:
        raise Refused(_GONE) from refusal
    for left in reversed(range(_TRIES)):
        try:
            register_files.apply_import(
                run=run,
                contest=contest,
                lines=lines,
                table=table,
                by=run.requested_by,
                hold=work.hold,
            )
            break
        except IntegrityError:
            if not left:
                raise
    errors = run.problems.filter(is_error=True)
    rejected = frozenset(errors.values_list("row", flat=True))
    keep_rejected(work.open_file("jsonl"), content, table, rejected)


@runs(register_files.EXPORT_REGISTER)
def export_register(work: Work) -> None:
    """Write the register, by name; with contacts only for who may have them."""
    export = RegisterExport.objects.select_related("requested_by").get(
        job_id=work.job_id
    )
    _require(export, "contest.export_register")
    if export.with_contacts:
        _require(export, "contest.export_register_contacts")
    fields = (*_PUBLIC, *_ALSO_PUBLIC, *(_CONTACTS if export.with_contacts else ()))
    standing = Organisation.objects.standing().filter(country=export.country)
    with translation.override(export.language):
        write_table(
            work.open_file("xlsx"),
            title=_("Register"),
            header=[header_of(name, export.language) for name in fields],
            rows=_told(standing, fields, export.language, work),
        )


def _require(wish: ImportRun | RegisterExport, action: str) -> Contest:
    """Judge the requester again: rights may have ended while the job waited."""
    contest = Contest.objects.with_course().get(pk=wish.contest_id)
    if not allows(wish.requested_by, action, contest):
        raise Refused(_NO_LONGER)
    return contest


def _read(run: ImportRun, work: Work) -> tuple[Content, Table, Sequence[Line]]:
    path = files.path_of(run.stored_name)
    if not run.stored_name or not path.exists():
        raise Refused(_GONE)
    content = read_file(
        path,
        run.file_name,
        register_files.limits(),
        lambda rows: work.progress(rows, rows),
    )
    work.progress(len(content.rows), len(content.rows))
    table = recognise([(number, cells) for number, cells, _marks in content.rows])
    merges = content.facts.get("merges", [])
    lines = read_lines(content.rows, table, merges, country(run.country))
    if not lines:
        raise Refusal("no_rows")
    if len(lines) > register_files.limits().rows:
        raise Refusal(
            "too_many_rows", row=lines[-1].row, limit=register_files.limits().rows
        )
    return content, table, lines


def _facts(content: Content, table: Table) -> dict[str, object]:
    told = {
        name: [shown(one) for one in fact] if isinstance(fact, list) else shown(fact)
        for name, fact in content.facts.items()
        if name != "merges"
    }
    return {
        **told,
        "header_row": table.header_row,
        "columns": {
            name: shown(table.title_of(name)) for name in table.fields.values()
        },
        "ignored": [shown(title) for title in table.ignored],
    }


def _told(
    organisations: QuerySet[Organisation],
    fields: Sequence[str],
    language: str,
    work: Work,
) -> Iterator[list[str]]:
    total = organisations.count()
    for done, one in enumerate(organisations.iterator(chunk_size=_CHUNK), start=1):
        work.progress(done, total)
        yield [_in_words(one, name, language) for name in fields]


def _in_words(organisation: Organisation, name: str, language: str) -> str:
    """Say a field so that the file can be brought in again."""
    if name == "county":
        return organisation.county_name
    if name == "municipality":
        return organisation.municipality_name
    value: str = getattr(organisation, name)
    if name == "kind":
        return kind_word(value, language)
    if name == "legal_form" and value:
        names = country(organisation.country).legal_forms[value].names
        return names.get(language, names["en"])
    return value
