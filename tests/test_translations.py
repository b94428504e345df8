"""Nothing that a person reads is left in one language, and the Lithuanian is spelled.

``gettext`` itself is not asked for: templates are turned into Python by Django, and
Python is read as a tree.
"""

import ast
import re
import subprocess
import tokenize
from io import StringIO
from itertools import chain

import polib
import pytest
from django.utils.translation.template import templatize

from tests.test_house import APPS, OURS, ROOT

SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop", "_lazy", "_noop"}
PLURAL = {"ngettext", "ngettext_lazy", "ungettext"}
CONTEXT = {"pgettext", "pgettext_lazy"}
TEMPLATES = sorted(
    path
    for folder in [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    for path in folder.rglob("*.*")
)
KNOWN = {
    entry.msgid
    for po in (ROOT / "locale").glob("**/lt/LC_MESSAGES/*.po")
    for entry in polib.pofile(str(po))
}
# What of a template is shown as it stands: names of formats and of ourselves.
UNTRANSLATED = re.compile(r">\s*([A-Za-zĄ-ž][^<>{}]*[A-Za-zĄ-ž])\s*<")
CALLED = re.compile(r"""\b_\((u?r?(?:"[^"]*"|'[^']*'))\)""")
AS_IT_STANDS = {"Sumani", "SHA-256:", "JSON", "CSV", "PDF", "Excel"}


def messages_of(source):
    """The messages that a piece of Python marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        position = 1 if name in CONTEXT else 0
        if name in SINGLE | PLURAL | CONTEXT and len(node.args) > position:
            message = node.args[position]
            if isinstance(message, ast.Constant) and isinstance(message.value, str):
                yield message.value


def messages_in_template(text):
    """The messages of a template, as Django would hand them to gettext."""
    found = []
    calls = re.findall(r"\bn?(p?)gettext\((.*?)\)(?=\s|$)", templatize(text))
    for context, call in calls:
        tokens = tokenize.generate_tokens(StringIO(call).readline)
        strings = [t.string for t in tokens if t.type == tokenize.STRING]
        position = 1 if context else 0
        found.append(ast.literal_eval(strings[position]))
    found += [
        ast.literal_eval(string)
        for string in re.findall(
            r"\b_\((u?r?(?:\"[^\"]*\"|'[^']*'))\)", templatize(text)
        )
    ]
    return found


def relative(path):
    return str(path.relative_to(ROOT))


def test_every_message_of_the_code_is_in_the_catalogue():
    marked = set(chain.from_iterable(messages_of(path.read_text()) for path in OURS))

    assert len(marked) > 500
    assert sorted(marked - KNOWN) == []


def test_every_message_of_the_templates_is_in_the_catalogue():
    marked = {
        message
        for path in TEMPLATES
        for message in messages_in_template(path.read_text())
    }

    assert len(marked) > 20
    assert sorted(marked - KNOWN) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ('{% load i18n %}{% translate "A (b)" %}', ["A (b)"]),
        ("{% load i18n %}{% translate 'It''s' %}", ["It"]),
        ('{% load i18n %}{% translate "None." context "of people" %}', ["None."]),
        (
            """{% load i18n %}{% blocktranslate count n=n %}{{ n }} entry{% plural %}
            {{ n }} entries{% endblocktranslate %}""",
            ["%(n)s entry"],
        ),
        ('{{ title|default:_("none") }}', ["none"]),
    ],
)
def test_messages_of_a_template_are_found(text, messages):
    """The control: a marked text does not slip through."""
    assert messages_in_template(text)[:1] == messages


def test_no_template_holds_bare_words():
    bare = {
        relative(path): words
        for path in TEMPLATES
        if path.suffix == ".html"
        for words in [
            [w for w in UNTRANSLATED.findall(shown(path)) if w not in AS_IT_STANDS]
        ]
        if words
    }

    assert bare == {}


def shown(path):
    """A template without its tags, comments and marked texts."""
    text = path.read_text()
    text = re.sub(r"{% comment.*?{% endcomment %}", "", text, flags=re.DOTALL)
    text = re.sub(
        r"{% blocktrans.*?{% endblocktrans(late)? %}", "", text, flags=re.DOTALL
    )
    return re.sub(r"{%.*?%}|{#.*?#}", "", text, flags=re.DOTALL)


# --- Spelling -------------------------------------------------------------------

OWN_WORDS = ROOT / "tests" / "own_words.lt.txt"
NOT_WORDS = re.compile(
    r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>|https?://\S+|\S+@\S+|[\w./-]+/[\w./-]*"
    r"|\w+[_.]\w+"
)
WORD = re.compile(r"[A-Za-zĄ-ž]{2,}")


def misspelt(words):
    """What the Lithuanian dictionary of hunspell does not know."""
    told = subprocess.run(
        ["hunspell", "-d", "lt_LT", "-i", "utf-8", "-l"],  # noqa: S607 - of the system
        input="\n".join(sorted(words)),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


@pytest.mark.slow  # hunspell and its dictionary come with `make test-all`
def test_the_lithuanian_is_spelled_right():
    texts = chain.from_iterable(
        (entry.msgstr, *entry.msgstr_plural.values())
        for entry in polib.pofile(str(ROOT / "locale/lt/LC_MESSAGES/django.po"))
    )
    words = {w for text in texts for w in WORD.findall(NOT_WORDS.sub(" ", text))}
    own = set(OWN_WORDS.read_text(encoding="utf-8").split())

    assert len(words) > 2000
    assert sorted(misspelt(words) - own) == []
    assert misspelt({"paraišką", "paraškia"}) == {"paraškia"}  # the control
