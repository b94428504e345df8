"""A rehearsal of a contest: made, played on, and deleted with everything. Services.

It runs by the contest's own rules from today on, with organisations and jurors that
were generated: they stand in no register, and every letter goes to who rehearses.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from hashlib import sha256
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.services import invite
from audit.services import record
from contest import rulebook
from contest.course import hold_alone, record_act
from contest.models import Contest, Juror, Rehearsal, Series
from contest.panel import invite_juror
from contest.phases import ActKind
from contest.pretending import require_real
from contest.rules import generated_domain
from contest.services import open_edition
from contest.timetable import REMINDERS
from core import clock, removal
from core.errors import Conflict, SumaniError
from core.policy import require
from exports.models import Export
from exports.rehearsed import PAPER, entry_fields, value_for
from jobs import files
from jobs.models import Job
from mail.models import Message
from organisations.countries import country
from organisations.countries.pack import CountryPack
from organisations.models import Organisation, Representative
from scoring.models import Sheet
from scoring.services import Mark, save_marks, send_sheet
from submissions import storage
from submissions.attachments import attach
from submissions.consents import CONSENTS
from submissions.entered import criteria_for
from submissions.intake import Arrived, taken
from submissions.jury import declaration_text, sign_declaration
from submissions.models import Assignment, Attachment, Submission
from submissions.services import create_submission, submit

SENT, DRAFTS, LEAST_JURORS, MOST_JURORS = 8, 2, 3, 9
_TEXTS = ("description", "funder_line")
_SETTINGS = ("languages", "fallback_language", "time_zone", "currency")
_OWN = ("accounts", "account", "mfa", "usersessions")  # apps of what an account has


@transaction.atomic
def rehearse(*, contest: Contest, by: User) -> Contest:
    """Make the one rehearsal that a contest may have: announced, open, and entered."""
    held = hold_alone(contest)
    require(by, "contest.rehearse", held)
    require_real(held)
    if Rehearsal.objects.filter(of=held).exists():
        raise Conflict(
            _("This contest is being rehearsed already. Delete that rehearsal first."),
            code="rehearsed_already",
        )
    with override(held.fallback_language):
        made = _open(held, by=by)
        record_act(contest=made, kind=ActKind.ANNOUNCE, reason="", by=by)
        made = Contest.objects.with_course().get(pk=made.pk)
        _seat_jurors(made, by=by)
        _enter(made)
    record(
        "contest.rehearse",
        held,
        by=by,
        contest_id=held.pk,
        label=made.slug,
    )
    return made


@transaction.atomic
def let_jurors_score(*, contest: Contest, by: User) -> int:
    """Let the generated jurors score and send what is assigned to them; how many."""
    require(by, "contest.play_rehearsal", contest)
    _require_rehearsal(contest)
    chance = Random(str(contest.pk))  # noqa: S311 -- nothing secret
    rules = rulebook.read_version(contest.rules_in_force)
    waiting = Assignment.objects.judging().assigned().exclude(sheet__state="sent")
    generated = waiting.filter(
        submission__contest=contest,
        juror__person__email__endswith=generated_domain(contest),
    ).select_related("juror__person")
    sent = 0
    for assignment in generated.order_by("pk"):
        sent += _score(assignment, rules, chance)
    record(
        "contest.play_rehearsal",
        contest,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        sheets=sent,
    )
    return sent


@transaction.atomic
def delete_rehearsal(*, contest: Contest, by: User) -> Contest:
    """Delete a rehearsal with its people and all that was done; what it rehearsed.

    What the audit trail says stays: it holds ids, references and no names.
    """
    held = hold_alone(contest)
    require(by, "contest.delete_rehearsal", held)
    _require_rehearsal(held)
    rehearsal = Rehearsal.objects.select_related("of").get(contest=held)
    jobs = Job.objects.filter(pk__in=Export.objects.filter(contest=held).values("job"))
    if jobs.active().exists():
        raise Conflict(
            _("A file of this rehearsal is being made. Stop it or wait, then delete."),
            code="job_active",
        )
    made_files = list(jobs.exclude(file_name="").values_list("file_name", flat=True))
    rows = _everything_of(held, jobs)
    count = removal.remove(rows)
    record(
        "contest.delete_rehearsal",
        rehearsal.of,
        by=by,
        contest_id=rehearsal.of_id,
        label=held.slug,
        rows=count,
    )
    transaction.on_commit(partial(_remove_files, made_files))
    return rehearsal.of


def _open(contest: Contest, *, by: User) -> Contest:
    now = clock.database_now()
    rules = rulebook.read_version(contest.rules_in_force)
    document = _document(contest)
    series = Series.objects.create(
        organiser=contest.series.organiser,
        slug=_slug(contest),
        title=_titles(contest),
    )
    begins = contest.opens_at or now
    later = {n: getattr(contest, n) for n in REMINDERS if contest.opens_at}
    fields = {
        **{name: getattr(contest, name) for name in (*_TEXTS, *_SETTINGS)},
        **{name: now + (at - begins) for name, at in later.items() if at},
        "slug": _slug(contest),
        "title": _titles(contest),
        "edition": contest.edition,
        "sample_note": _notes(contest),
        "opens_at": now,
        "closes_at": now + timedelta(days=rules.collection_days),
        "is_rehearsal": True,
    }
    made = open_edition(series, document, "R", fields, by=by)
    Rehearsal.objects.create(contest=made, of=contest, person=by)
    return made


def _document(contest: Contest) -> dict[str, Any]:
    """Take the rules as they are, but so that one person can try them all."""
    document = dict(contest.rules_in_force.document)
    entered_by = document.get("who_enters", rulebook.DEFAULT_ENTERED_BY)
    return document | {
        "lot_seed": "",
        "two_persons": False,
        "who_enters": sorted({*entered_by, Submission.EnteredBy.OWNER.value}),
    }


def _slug(contest: Contest) -> str:
    return f"{contest.slug[:49]}-rehearsal"


def _titles(contest: Contest) -> dict[str, str]:
    return {code: _title(text, code) for code, text in contest.title.items()}


def _title(text: str, language: str) -> str:
    with override(language):
        return _("Rehearsal: {title}").format(title=text)


def _notes(contest: Contest) -> dict[str, str]:
    """Say on every file and result what it is worth."""
    return {code: _note(code) for code in contest.languages}


def _note(language: str) -> str:
    with override(language):
        return _("A rehearsal: organisations, jurors and scores are generated.")


def _person(contest: Contest, key: str, name: str) -> User:
    language = contest.fallback_language
    return invite(
        email=f"{key}{generated_domain(contest)}", name=name, language=language, by=None
    ).person


def _seat_jurors(contest: Contest, *, by: User) -> None:
    rules = rulebook.read_version(contest.rules_in_force)
    wanted = max(LEAST_JURORS, rules.jurors_per_entry or 0, rules.min_scores)
    for number in range(1, min(wanted, MOST_JURORS) + 1):
        invite_juror(
            contest=contest,
            email=f"juror-{number}{generated_domain(contest)}",
            name=_("Generated juror {number}").format(number=number),
            role=Juror.Role.CHAIR if number == 1 else Juror.Role.MEMBER,
            groups=rules.panels,
            by=by,
        )


def _enter(contest: Contest) -> None:
    """Enter as generated organisations; what a limit refuses stays a draft."""
    rules = rulebook.read_version(contest.rules_in_force)
    places = _places(country(contest.series.organiser.country))
    for number in range(1, SENT + DRAFTS + 1):
        person, organisation = _organisation(
            contest, number, places[(7 * number) % len(places)]
        )
        entry = create_submission(
            contest=contest,
            organisation=organisation,
            by=person,
            **entry_fields(
                number,
                rules,
                municipality=organisation.municipality,
                email=person.email,
            ),
        )
        if number <= SENT:
            for code in rules.file_questions:
                _answer_with_file(entry, code, person)
            _send(entry, person)


def _places(pack: CountryPack) -> list[str]:
    """List the municipalities of a country; made-up ones where it has no tree."""
    return sorted(pack.municipalities) or [f"{pack.code} {n}" for n in range(1, 100)]


def _organisation(
    contest: Contest, number: int, municipality: str
) -> tuple[User, Organisation]:
    organisation = Organisation(
        country=contest.series.organiser.country,
        kind=Organisation.Kind.COMMUNITY,
        code_state=Organisation.CodeState.MISSING,
        municipality=municipality,
        rehearsed_in=contest.pk,
    )
    organisation.set_name(_("Generated community No. {number}").format(number=number))
    organisation.set_search()
    organisation.save()
    name = _("Generated representative {number}").format(number=number)
    person = _person(contest, f"community-{number}", name)
    Representative.objects.create(organisation=organisation, person=person)
    return person, organisation


def _answer_with_file(entry: Submission, code: str, person: User) -> None:
    path = storage.partial_path("in")
    path.write_bytes(PAPER)
    digest = sha256(PAPER).hexdigest()
    arrived = Arrived(path, _("generated") + ".pdf", len(PAPER), digest)
    with taken(arrived, pictures_only=False) as file:
        attach(
            submission=entry,
            kind=Attachment.Kind.DOCUMENT,
            question=code,
            file=file,
            began_at=clock.database_now(),
            by=person,
        )


def _send(entry: Submission, person: User) -> None:
    entry.refresh_from_db(fields=["version"])
    try:
        with transaction.atomic():
            submit(
                submission=entry,
                expected_version=entry.version,
                signed_by=person.name,
                signed_role=_("generated"),
                consents={consent.code: True for consent in CONSENTS},
                by=person,
            )
    except SumaniError:
        return  # as it would be for an organisation


def _score(assignment: Assignment, rules: rulebook.Rulebook, chance: Random) -> bool:
    """Score and send a sheet; one that somebody began by hand is left as it is."""
    if Sheet.objects.filter(assignment=assignment).exists():
        return False
    person, contest = assignment.juror.person, assignment.submission.contest
    sign_declaration(
        contest=contest,
        signed_by=person.name,
        text_version=declaration_text().version,
        by=person,
    )
    comment = _("Generated comment")
    marks = [
        Mark(
            criterion.code,
            value_for(criterion, chance),
            comment if criterion.comment == "required" else None,
            0,
        )
        for criterion in criteria_for(assignment.submission, rules)
    ]
    save_marks(assignment_id=assignment.pk, marks=marks, by=person)
    send_sheet(assignment_id=assignment.pk, by=person)
    return True


def _require_rehearsal(contest: Contest) -> None:
    if not contest.is_rehearsal:
        raise Conflict(
            _("This is no rehearsal but the contest itself. Nothing was done."),
            code="no_rehearsal",
        )


def _everything_of(contest: Contest, jobs: Any) -> removal.Rows:
    """Find all rows of a rehearsal, by model."""
    roots: list[tuple[type[Model], Any]] = [
        (Contest, Contest.objects.filter(pk=contest.pk)),
        (Organisation, Organisation.generated.filter(rehearsed_in=contest.pk)),
        (Series, Series.objects.filter(contests=contest, contests__is_rehearsal=True)),
    ]
    rows = removal.hanging_on({model: _keys(found) for model, found in roots})
    if rows[Contest] != {contest.pk}:
        raise ValueError(f"more than the rehearsal {contest.slug} hangs on it")
    people = _people_of(contest, rows)
    letters = Q(contest_id=contest.pk) | Q(person_id__in=people.get(User, ()))
    messages = Message.objects.filter(letters)
    return _merged([rows, people, {Job: _keys(jobs), Message: _keys(messages)}])


def _people_of(contest: Contest, rows: removal.Rows) -> removal.Rows:
    """Find the accounts; one that somebody took along elsewhere stays."""
    domain = generated_domain(contest)
    everybody = _keys(User.objects.filter(email__endswith=domain))
    together = removal.hanging_on({User: everybody})
    if not _is_elsewhere(together, rows):
        return together
    apart = (removal.hanging_on({User: frozenset({pk})}) for pk in everybody)
    return _merged(tied for tied in apart if not _is_elsewhere(tied, rows))


def _is_elsewhere(tied: removal.Rows, rows: removal.Rows) -> bool:
    return any(
        keys - rows.get(model, frozenset())
        for model, keys in tied.items()
        if model._meta.app_label not in _OWN  # noqa: SLF001 -- Django's documented way
    )


def _merged(many: Iterable[removal.Rows]) -> removal.Rows:
    found: dict[type[Model], frozenset[Any]] = {}
    for rows in many:
        for model, keys in rows.items():
            found[model] = found.get(model, frozenset()) | keys
    return found


def _keys(rows: QuerySet[Any]) -> frozenset[Any]:
    return frozenset(rows.order_by().values_list("pk", flat=True))


def _remove_files(names: list[str]) -> None:
    for name in names:
        files.path_of(name).unlink(missing_ok=True)
