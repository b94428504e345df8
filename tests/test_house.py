"""The house inspects itself: cheap checks on what reviewers forget."""

import ast
import re
import tomllib
from itertools import chain
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
HOUSE = tomllib.loads((ROOT / "pyproject.toml").read_text())
APPS = HOUSE["tool"]["importlinter"]["root_packages"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40

SOURCES = sorted(chain.from_iterable((ROOT / app).rglob("*.py") for app in APPS))
OURS = [path for path in SOURCES if "migrations" not in path.parts]
EVERYTHING = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]
SETTINGS = sorted((ROOT / "config" / "settings").glob("*.py"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.in"))
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
TRANSLATIONS = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))

READS_ENVIRONMENT = re.compile(
    r"""(?:\benv(?:\.\w+)?\(|environ(?:\.\w+)?[\[(])\s*["']([A-Z][A-Z0-9_]+)["']"""
)
NAMED = re.compile(r"`([\w/]+\.py):(\w+)`")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(.*)")
CODES = re.compile(r"^\s*(?::\s*[A-Z]+[0-9]+(?:\s*,\s*[A-Z]+[0-9]+)*|\[[\w, -]+\])")


def relative(path):
    return str(path.relative_to(ROOT))


def environment_names():
    found = {name: READS_ENVIRONMENT.findall(name.read_text()) for name in SETTINGS}
    return sorted(set(chain.from_iterable(found.values())))


# --- Promises that frameworks can check ---------------------------------------


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_api_schema_is_complete(tmp_path):
    schema = tmp_path / "schema.yaml"

    call_command("spectacular", validate=True, fail_on_warn=True, file=str(schema))

    assert schema.stat().st_size > 0


# --- What a newcomer reads ----------------------------------------------------


@pytest.mark.parametrize("name", environment_names())
def test_every_environment_variable_is_documented(name):
    documented = (ROOT / "docs" / "configuration.md").read_text()

    assert f"`{name}`" in documented


def test_what_the_docs_name_in_a_file_is_there():
    named = {pair for path in DOCS for pair in NAMED.findall(path.read_text())}

    gone = [
        f"{path}:{name}"
        for path, name in sorted(named)
        if not re.search(rf"\b{name}\b", (ROOT / path).read_text())
    ]

    assert len(named) > 5
    assert gone == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=relative)
def test_every_requirement_has_a_reason(path):
    lines = [line.strip() for line in path.read_text().splitlines()]
    named = [line for line in lines if line and not line.startswith(("#", "-"))]

    bare = [line for line in named if not re.search(r"\s#\s*\w+", line)]

    assert bare == []


def test_every_silenced_check_has_its_code_and_a_reason():
    bare = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in EVERYTHING
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if is_unexplained(line)
    ]

    assert bare == []


def is_unexplained(line):
    silenced = SILENCED.search(line)
    if silenced is None:
        return False
    rest = silenced.group(1)
    codes = CODES.match(rest)
    reason = rest[codes.end() :] if codes else ""
    return len(re.findall(r"\w+", reason)) < 2


@pytest.mark.parametrize(
    ("line", "unexplained"),
    [
        ("x = 1", False),
        ("x = f()  # no" + "qa", True),
        ("x = f()  # no" + "qa: S603", True),
        ("x = f()  # no" + "qa: S603, S607 - our own command", False),
        ("x = f()  # type: " + "ignore", True),
        ("x = f()  # type: " + "ignore[arg-type]", True),
        ("x = f()  # type: " + "ignore[arg-type]  # six numbers", False),
    ],
)
def test_is_unexplained_wants_a_code_and_a_reason(line, unexplained):
    assert is_unexplained(line) is unexplained


# --- What fits in a head ------------------------------------------------------


def test_no_file_is_too_long():
    lengths = {relative(path): len(path.read_text().splitlines()) for path in OURS}

    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    lengths = dict(chain.from_iterable(function_lengths(path) for path in OURS))

    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def function_lengths(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, kinds):
            length = node.end_lineno - node.lineno + 1
            yield f"{relative(path)}:{node.lineno} {node.name}", length


# --- What a reader of another language sees -----------------------------------


def test_translations_exist():
    assert TRANSLATIONS != []


@pytest.mark.parametrize("path", TRANSLATIONS, ids=relative)
def test_translation_is_complete(path):
    catalogue = polib.pofile(str(path))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", TRANSLATIONS, ids=relative)
def test_compiled_translation_is_current(path):
    compiled = path.with_suffix(".mo").read_bytes()

    assert compiled == polib.pofile(str(path)).to_binary()
