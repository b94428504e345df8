"""Every operation of the description, with what hypothesis makes of its schema."""

import functools

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis import checks

from accounts.services import issue_token
from config.wsgi import application
from tests.policy.world import build

pytestmark = pytest.mark.django_db


def closing(environ, start_response):
    """The site, whose answers are closed as every web server closes them."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", closing)
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
EXAMPLES = 25
schema.config.phases.update(phases=["fuzzing"])
# What the description says wrongly: (schema, property, what would be true).
WRONG = [
    ("FieldProblem", "received", {}),  # null fits two of its alternatives
    ("Organisation", "website", {"type": "string"}),  # may be empty
    ("OrganisationContacts", "website", {"type": "string"}),
    ("OrganisationContacts", "email", {"type": "string"}),
]
schemas = schema.raw_schema["components"]["schemas"]
AS_DESCRIBED = {
    (name, field): schemas[name]["properties"][field] for name, field, _ in WRONG
}
for name, field, truth in WRONG:
    schemas[name]["properties"][field] = truth

# Who may do most at an address, by its beginning; the first that fits.
WHO = [
    ("/api/v1/auth/tokens/", "signed_in"),
    ("/api/v1/me/", "signed_in"),
    ("/api/v1/organisers/", "administrator"),
    ("/api/v1/series/", "organiser"),
    ("/api/v1/organisations/", "owner"),
    ("/api/v1/submissions/", "owner"),
    ("/api/v1/attachments/", "owner"),
    ("/api/v1/assignments/", "juror_assigned"),
    ("/api/v1/contests/{slug}/", "coordinator"),
    ("/api/v1/contests/", "organiser"),
    ("/api/v1/exports/", "coordinator"),
    ("/api/v1/", "signed_in"),
]


@pytest.fixture(autouse=True)
def _one_connection():
    """Keep the server, called in-process, from closing the test's connection."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def desk():
    """The world of a phase, and the token of a person in it."""
    worlds = functools.cache(build)

    @functools.cache
    def token(phase, who):
        return issue_token(person=worlds(phase).users[who], name="", scope="write").text

    return worlds, token


def things(world, path):
    """Real ids for an address, so that more than a 404 is met."""
    own = world.own
    if path.startswith("/api/v1/organisers/"):
        return {"slug": own.contest.series.organiser.slug}
    found = {"slug": own.contest.slug, "criterion": "innovation"}
    found["id"] = str(world.tokens["signed_in"])
    found["organisation_pk"] = str(own.entry.organisation_id)
    for part, thing in (
        ("organisations", own.entry.organisation),
        ("submissions", own.entry),
        ("attachments", own.photo),
        ("assignments", own.assignment),
        ("exports", own.export),
    ):
        if path.startswith(f"/api/v1/{part}/"):
            found["id"] = str(thing.pk)
    for part, thing in (
        ("register-imports", own.import_run),
        ("register-exports", own.register_export),
        ("messages", own.message),
    ):
        if f"/{part}/" in path:
            found["id"] = str(thing.pk)
    return found


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_those_that_the_description_promises(case, desk):
    worlds, token = desk
    phase = "judging" if "assignments" in case.path else "open"
    who = next(who for start, who in WHO if case.path.startswith(start))
    known = things(worlds(phase), case.path)
    for name in case.path_parameters or {}:
        case.path_parameters[name] = known.get(name, case.path_parameters[name])
    headers = {"Authorization": f"Token {token(phase, who)}"}

    point = transaction.savepoint()
    try:
        response = case.call(headers=headers)
    finally:
        transaction.savepoint_rollback(point)

    case.validate_response(response, checks=CHECKS)


@pytest.mark.parametrize(("name", "field", "truth"), WRONG)
def test_the_description_tells_the_truth(name, field, truth):
    described = AS_DESCRIBED[name, field]

    assert {"oneOf", "format"} & set(described) == set() or described == truth
