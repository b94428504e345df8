"""Two contests in one phase, and somebody in each role towards the first of them."""

from dataclasses import dataclass, field
from uuid import uuid4

from rest_framework.test import APIClient

from contest import rulebook
from contest.phases import ActKind, Phase
from contest.rulebook import ENTERED_BY
from core import clock
from submissions.models import Submission
from tests.factories import (
    ApiTokenFactory,
    AssignmentFactory,
    AttachmentFactory,
    AuditorFactory,
    AwardFactory,
    ClaimFactory,
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    ExportFactory,
    FrozenResultFactory,
    ImportRunFactory,
    JurorFactory,
    MessageFactory,
    OrganiserMemberFactory,
    ProposalFactory,
    RegisterExportFactory,
    RepresentativeFactory,
    SheetFactory,
    SpecialAwardFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

QUESTION = {
    "code": "why",
    "title": {"lt": "Kodėl?"},
    "help": {},
    "kind": "text",
    "group": "other",
    "required": False,
    "max_length": 2000,
    "minimum": None,
    "maximum": None,
    "choices": [],
    "min_choices": None,
    "max_choices": None,
    "when": None,
}
SPECIAL_AWARDS = [
    {"code": "commended", "title": {"lt": "Pagirtas"}},
    {"code": "sponsors", "title": {"lt": "Rėmėjo prizas"}, "count": 1},
]
EVERYBODY = frozenset({"visitor"})
KNOWN = EVERYBODY | {"signed_in"}
_REPRESENTS = {"contest": {"representative"}}
_OTHER = {
    **_REPRESENTS,
    "entry": {"representative", "other_owner"},
    "entering": {"representative", "owner"},  # with their own
    "organisation": {"other_owner"},
}
_OWNS = {
    "entry": {"representative", "owner"},
    "entering": {"representative", "owner"},
    "organisation": {"owner"},
}
_RUNS = {"entering": {"coordinator"}, "contest": {"coordinator"}}
_RUNS_AND_JUDGES = {
    "contest": {"coordinator_juror", "juror_other", "deliberating"},
    "entering": {"coordinator_juror", "juror_other", "deliberating"},
}
_JUDGES = {
    "contest": {"juror_other", "deliberating"},
    "entering": {"juror_other", "deliberating"},
}

# What each person is towards the own contest, its entry, and so on, beyond what the
# person is everywhere. An assignment is judged as its entry, an export as its contest.
# The last ones show that a conflict beats every role, and how roles add up.
PEOPLE = {
    "visitor": {},
    "signed_in": {},
    # Runs the contest, prepares and administers: the token is for some other one.
    "limited": {},
    "administrator": {"everywhere": {"administrator"}},
    "organiser": {
        "contest": {"organiser"},
        "entering": {"organiser"},
        "entry": {"organiser"},
        "organiser": {"organiser"},
    },
    "representative": _OTHER,
    "other_owner": _OTHER,
    "owner": {**_REPRESENTS, **_OWNS},
    "preparer": {
        **_REPRESENTS,
        "entry": {"representative", "preparer"},
        "entering": {"representative", "preparer"},
        "organisation": {"other_owner"},
    },
    "claimant": {
        "claim": {"claimant"},
        "entry": {"claimant"},
        "entering": {"claimant"},
    },
    "secretariat": {**_RUNS, "entry": {"coordinator", "secretariat"}},
    "shared_with": {**_RUNS, "entry": {"coordinator", "shared_with"}},
    "juror_assigned": {
        **_JUDGES,
        "entry": {"juror_other", "juror_assigned"},
    },
    "juror_other": {**_JUDGES, "entry": {"juror_other"}},
    # Assigned to the entry as well; asked about the assignment of another.
    "deliberating": {
        **_JUDGES,
        "entry": {"juror_other", "juror_assigned", "deliberating"},
        "assignment": {"juror_other", "deliberating"},
    },
    "chair": {
        "contest": {"juror_other", "deliberating", "chair"},
        "entering": {"juror_other", "deliberating", "chair"},
        "entry": {"juror_other", "chair"},
    },
    "secretary": {"contest": {"secretary"}, "entry": {"secretary"}},
    "observer": {"contest": {"observer"}, "entry": {"observer"}},
    "auditor": {"contest": {"auditor"}, "entry": {"auditor"}},
    "coordinator": {**_RUNS, "entry": {"coordinator"}},
    "coordinator_juror": {
        **_RUNS_AND_JUDGES,
        "entry": {"coordinator_juror", "juror_other"},
    },
    "coordinator_juror_assigned": {
        **_RUNS_AND_JUDGES,
        "entry": {"coordinator_juror", "juror_other", "juror_assigned"},
    },
    "juror_in_conflict": {
        "contest": {"juror_other"},
        "entering": {"juror_other"},
        "entry": {"juror_other", "juror_in_conflict"},
    },
    "coordinator_in_conflict": {
        **_RUNS_AND_JUDGES,
        "entry": {"juror_other", "juror_in_conflict"},
    },
    "secretary_once_in_conflict": {"contest": {"secretary"}},
    "substitute": {},
    "owner_auditor": {"contest": {"auditor", "representative"}, **_OWNS},
    "owner_secretary": {"contest": {"secretary", "representative"}, **_OWNS},
    "owner_coordinator": {"contest": {"coordinator", "representative"}, **_OWNS},
    "owner_juror": {
        "contest": {"juror_other", "representative"},
        "entering": {"juror_other", "representative", "owner"},
        "entry": {"juror_other", "juror_in_conflict", "representative", "owner"},
        "organisation": {"owner"},
    },
}
BY_TOKEN = {"limited"}  # what a token makes of somebody; sessions know none
_OF_ONES_OWN = {"representative", "owner", "preparer", "claimant"}
_JUDGED_AS = {
    "assignment": "entry",
    "attachment": "entry",
    "handling": "entry",
    "export": "contest",
    "submissions": "contest",
}


def roles_of(who, kind, *, is_own):
    """Which roles of the matrix a person has towards an object of a contest."""
    if who == "visitor":
        return EVERYBODY
    if who == "limited":
        return EVERYBODY | {"limited"}
    relations = PEOPLE[who]
    everywhere = KNOWN | relations.get("everywhere", set())
    kind = kind if kind in relations else _JUDGED_AS.get(kind, kind)
    if is_own:
        return everywhere | relations.get(kind, set())
    if kind == "entering":  # one's own organisations are one's own everywhere
        return everywhere | (relations.get(kind, set()) & _OF_ONES_OWN)
    represents = relations.get("contest", set()) & {"representative"}
    if represents and kind in {"entry", "organisation"}:
        represents = _OTHER[kind]
    return everywhere | (represents if kind in {"contest", *_OTHER} else set())


@dataclass
class Edition:
    """A contest with an entry, its photo, an assignment of it, a file asked for.

    Somebody asks to represent the organisation of the entry, and somebody did.
    """

    contest: object
    entry: object
    photo: object
    assignment: object
    export: object
    claim: object
    representative: object
    import_run: object
    register_export: object
    message: object
    own_assignments: dict = field(default_factory=dict)
    own_entries: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)

    def of_account(self, model, who, **values):
        """A row of the account of whoever asks."""
        person = self.account_of(who)
        return model.objects.get_or_create(user=person, **values)[0].pk

    def account_of(self, who):
        """One's own account; a visitor names somebody else's."""
        return self.users.get(who) or self.users["signed_in"]

    def thing(self, kind, who=""):
        """The object of a kind; one's own assignment or entry where there is one."""
        if kind == "assignment":
            return self.own_assignments.get(who, self.assignment)
        if kind in {"entry", "handling"}:
            return self.own_entries.get(who, self.entry)
        if kind == "attachment" and who in self.own_entries:
            return self.own_entries[who].attachments.get()
        found = {
            "contest": self.contest,
            "organiser": self.contest.series.organiser,
            "series": self.contest.series,
            "attachment": self.photo,
            "organisation": self.entry.organisation,
            "export": self.export,
            "import": self.import_run,
            "register_export": self.register_export,
            "claim": self.claim,
            "message": self.message,
        }
        return found[kind]

    def part(self, name):
        """What hangs on the entry's organisation."""
        return getattr(self, name)


@dataclass
class World:
    """The own contest, the foreign one, and the people."""

    phase: str
    own: Edition
    foreign: Edition
    users: dict
    clients: dict
    browsers: dict
    tokens: dict
    organisations: dict  # which organisation a person would enter with


def build(phase, **rules):
    """Make the world of a phase; ``rules`` stand in its rulebooks instead."""
    own, foreign = _edition(phase, rules), _edition(phase, rules)
    users = {who: UserFactory() for who in PEOPLE if who != "visitor"}
    for who in ("administrator", "limited"):
        users[who].is_administrator = True
        users[who].save()
    users["limited"].limited_to = uuid4()
    own.users = foreign.users = users
    organisations = _give_roles(own, users)
    tokens = {who: ApiTokenFactory(person=user).pk for who, user in users.items()}
    browsing = users | {"limited": None}  # a browser shows no token
    return World(
        *(phase, own, foreign, users),
        clients={who: client_of(users.get(who)) for who in PEOPLE},
        browsers={who: browser_of(browsing.get(who)) for who in PEOPLE},
        tokens=tokens,
        organisations=organisations,
    )


def client_of(user):
    """A client that need not show a token; tokens have their own tests."""
    client = APIClient()
    client.force_authenticate(user)
    return client


def _edition(phase, rules):
    document = rulebook.template("lkbs") | {
        "questions": [QUESTION],
        "visibility": {"juror_names": "published", "deliberation": True},
        "who_enters": list(ENTERED_BY),
        "special_awards": SPECIAL_AWARDS,
        **rules,
    }
    contest = ContestFactory(phase=phase, document=document)
    entry = SubmissionFactory(contest=contest, state=_state(phase))
    photo = AttachmentFactory(submission=entry)
    assignment = AssignmentFactory(submission=entry)
    if phase in {Phase.JUDGING, Phase.DELIBERATION}:
        SheetFactory(assignment=assignment)
    if phase in {Phase.PUBLISHED, Phase.ARCHIVED}:  # the entry is among the winners
        codes = contest.criteria.values_list("code", flat=True)
        SheetFactory(assignment=assignment, sent=True, values=dict.fromkeys(codes, 9))
    SpecialAwardFactory(contest=contest, submission=entry)
    export = ExportFactory(contest=contest, job__content=b"a workbook")
    for act in contest.acts.filter(kind__in=[ActKind.CLOSE_JUDGING, ActKind.PUBLISH]):
        FrozenResultFactory(act=act)
    ProposalFactory(contest=contest)
    AwardFactory(contest=contest, series=contest.series)
    CoordinatorFactory(contest=contest)
    AuditorFactory(contest=contest)
    ContestLogoFactory(contest=contest)
    organiser = contest.series.organiser
    organiser.logo = contest.logos.get().picture
    organiser.save()
    claim = ClaimFactory(organisation=entry.organisation)
    former = RepresentativeFactory(
        organisation=entry.organisation, ended_at=contest.created_at
    )
    import_run = ImportRunFactory(contest_id=contest.pk)
    register_export = RegisterExportFactory(contest_id=contest.pk)
    return Edition(
        *(contest, entry, photo, assignment, export),
        *(claim, former, import_run, register_export),
        MessageFactory(contest_id=contest.pk, undelivered=True),
    )


def _state(phase):
    if phase in {Phase.SET_UP, Phase.ANNOUNCED}:
        return Submission.State.DRAFT
    if phase in {Phase.OPEN, Phase.ELIGIBILITY}:
        return Submission.State.SUBMITTED
    return Submission.State.ELIGIBLE


def _give_roles(own, users):
    contest, entry = own.contest, own.entry
    OrganiserMemberFactory(
        organiser=contest.series.organiser, person=users["organiser"]
    )
    OrganiserMemberFactory(organiser=contest.series.organiser, person=users["limited"])
    own.claim.person = users["claimant"]
    own.claim.save()
    own.assignment.juror.person = users["juror_assigned"]
    own.assignment.juror.save()
    for who in PEOPLE:
        if "coordinator" in who or who in {"secretariat", "shared_with", "limited"}:
            CoordinatorFactory(contest=contest, person=users[who])
    for who in ("juror_other", "coordinator_juror"):
        JurorFactory(contest=contest, person=users[who])
    for who in ("chair", "secretary", "observer", "substitute", "owner_secretary"):
        role = who.removeprefix("owner_")
        JurorFactory(contest=contest, person=users[who], role=role)
    for who in ("auditor", "owner_auditor"):
        AuditorFactory(contest=contest, person=users[who])
    for who, in_conflict in (
        ("secretary_once_in_conflict", True),
        ("coordinator_juror_assigned", False),
        ("juror_in_conflict", True),
        ("coordinator_in_conflict", True),
        ("owner_juror", True),
    ):
        own.own_assignments[who] = AssignmentFactory(
            submission=entry,
            juror__person=users[who],
            juror__contest=contest,
            in_conflict=in_conflict,
        )
    AssignmentFactory(
        submission=entry,
        juror__person=users["deliberating"],
        juror__contest=contest,
    )
    secretary = own.own_assignments["secretary_once_in_conflict"].juror
    secretary.role = "secretary"
    secretary.save()
    organisations = {}
    for who in (
        *("owner", "owner_coordinator", "owner_juror"),
        *("owner_auditor", "owner_secretary"),
    ):
        RepresentativeFactory(organisation=entry.organisation, person=users[who])
    for who in ("representative", "other_owner"):
        organisations[who] = RepresentativeFactory(person=users[who]).organisation
    own.entry.entered_by = Submission.EnteredBy.NOMINATOR
    own.entry.prepared_by = RepresentativeFactory(person=users["preparer"]).organisation
    own.entry.save()
    organisations["claimant"] = ClaimFactory(person=users["claimant"]).organisation
    state = _state(contest.state_at(contest.created_at).phase)
    own.own_entries = {
        "secretariat": SubmissionFactory(
            contest=contest, entered_by="secretariat", state=state
        ),
        "shared_with": SubmissionFactory(
            contest=contest, shared_at=clock.now(), state=state
        ),
        "claimant": SubmissionFactory(
            contest=contest,
            organisation=organisations["claimant"],
            created_by_id=users["claimant"].pk,
            state=state,
        ),
    }
    for entry in own.own_entries.values():
        AttachmentFactory(submission=entry)
    SubmissionFactory(
        contest=contest,
        organisation=organisations["other_owner"],
        state=state,
    )
    return organisations
