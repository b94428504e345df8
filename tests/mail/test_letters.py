"""Whatever people write comes out as text, in both forms and in no header."""

import re
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.utils.translation import gettext_noop
from hypothesis import given
from hypothesis import strategies as st

from mail import runner
from mail.letters import Letter, Recipient, Sender, Template, fill, templates
from mail.rendering import render
from mail.services import post
from tests.mail.post_office import html_of, text_of
from tests.mail.templates import FULL

SENDER = Sender("LKBS", "+370 5 000 0000", "lkbs@example.lt")
LINK = "https://sumani.example/entries/1/"
PLAIN_VALUES = {"organisation": "O", "title": "T", "reason": "R", "deadline": "D"}
HOSTILE = [
    "<b>bold</b>",
    "[click](https://evil.example)",
    "https://evil.example/",
    "a\r\nBcc: everybody@example.org",
    "a\nBcc: everybody@example.org",
    "a\u2028Bcc: everybody@example.org",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{title} {reason.__class__} %(title)s {{ title }} {% debug %}",
    "\u202egnp.exe",
    "=?utf-8?q?Bcc?=",
    "a\x00b",
    "Ž" * 10_000,
]


def letter(language="en", **values):
    to = Recipient("ona@example.org", language)
    return Letter(
        FULL, to, occasion=str(uuid4()), values=PLAIN_VALUES | values, link=LINK
    )


class Tags(HTMLParser):
    """The tags and the visible text of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data):
        self.text += data


KEYS = [
    *("Auto-Submitted", "Content-Language", "Content-Type", "Date", "From"),
    *("MIME-Version", "Message-ID", "Reply-To", "Subject", "To"),
]
EXPECTED_TAGS = Tags(render(letter(), SENDER).html).tags


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_arrives_as_text(hostile, office):
    post(letter(organisation=hostile, title=hostile), sender=SENDER)

    runner.send_due()

    ((address, sent),) = office.messages
    page = Tags(html_of(sent))
    assert address == sent["To"] == "ona@example.org"
    assert {"Bcc", "Cc"} & set(sent.keys()) == set()
    assert sorted(sent.keys()) == sorted(KEYS)
    assert (page.tags, page.links) == (EXPECTED_TAGS, [LINK])
    assert "Bcc: everybody" not in re.sub(r"a Bcc: everybody", "", text_of(sent))
    assert "\u202e" not in sent["Subject"] + text_of(sent) + page.text


@pytest.mark.parametrize("hostile", HOSTILE[:3])
def test_what_people_write_is_shown_letter_by_letter(hostile):
    rendered = render(letter(title=hostile), SENDER)

    assert f"“{hostile}”" in rendered.text
    assert f"“{hostile}”" in Tags(rendered.html).text
    assert f"“{hostile}”" in rendered.subject


def test_braces_and_tags_of_templates_in_a_value_mean_nothing():
    hostile = "{title} {{ title }} {% debug %} %(title)s {title.__class__}"

    rendered = render(letter(organisation=hostile, title="secret"), SENDER)

    assert rendered.text.count(hostile) == 1
    assert rendered.text.count("secret") == 1


def test_the_organisers_own_name_is_text_too():
    rendered = render(letter(), Sender("<b>LKBS</b>\r\nBcc: x@example.org"))

    assert rendered.sender_name == "<b>LKBS</b> Bcc: x@example.org"
    assert Tags(rendered.html).tags == EXPECTED_TAGS


def test_a_reason_keeps_its_lines_and_stands_apart():
    rendered = render(letter(reason="First.\r\nSecond <b>\n> third"), SENDER)

    assert "> First.\n> Second <b>\n> > third" in rendered.text
    assert "First.<br>Second &lt;b&gt;<br>&gt; third</blockquote>" in rendered.html


def test_a_paragraph_without_its_value_is_left_out():
    rendered = render(letter(reason="", deadline=""), SENDER)

    assert "By" not in rendered.text
    assert "blockquote" not in rendered.html


def test_without_a_link_there_is_no_button():
    rendered = render(
        Letter(FULL, Recipient("a@example.org", "en"), "a", PLAIN_VALUES), SENDER
    )

    assert ("Open it" in rendered.text, "<a " in rendered.html) == (False, False)


@pytest.mark.parametrize(
    ("language", "greeting"),
    [("en", "Hello,"), ("lt", "Sveiki,"), ("xx", "Sveiki,"), ("", "Sveiki,")],
)
def test_a_message_is_written_in_its_readers_language(language, greeting):
    rendered = render(letter(language), SENDER)

    assert rendered.text.startswith(greeting)
    assert f'lang="{rendered.language}"' in rendered.html
    assert rendered.language == (language if language == "en" else "lt")


@given(st.text(), st.text())
def test_any_text_can_be_put_in_and_only_once(one, other):
    assert fill("{a}|{b}", {"a": one, "b": other}) == f"{one}|{other}"


@given(st.text())
def test_any_name_leaves_the_shape_of_a_message_as_it_is(name):
    rendered = render(letter(organisation=name, title=name), SENDER)

    assert "\n" not in rendered.subject
    assert Tags(rendered.html).links == [LINK]


def test_two_templates_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match=r"tests\.full"):
        Template("tests.full", gettext_noop("A letter"), "", ())


def ours():
    return [
        t for name, t in sorted(templates().items()) if not name.startswith("tests.")
    ]


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("template", ours(), ids=lambda template: template.name)
def test_every_template_can_be_written_in_every_language(template, language):
    values = {name: f"‹{name}›" for name in template.placeholders}
    to = Recipient("ona@example.org", language)

    rendered = render(Letter(template, to, "a", values, link=LINK), SENDER)

    for value in values.values():
        assert value in rendered.subject + rendered.text
        assert value in rendered.subject + rendered.html
    assert "{" not in rendered.subject + rendered.text
    assert len(rendered.subject) < 120
