"""From a letter to the subject, the text and the HTML that are sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from mail.letters import (
    Letter,
    Quote,
    Sender,
    Template,
    fill,
    many_lines,
    one_line,
    placeholders_in,
)

_LAYOUT = "mail/message.html"
_LONGEST_SUBJECT = 200
_GREETING = gettext_noop("Hello,")
_ANSWER = gettext_noop("Questions? Simply answer this message, or ask:")
_ASK = gettext_noop("Questions? Ask:")
_MEANT_FOR = gettext_noop("This is a rehearsal. The message was written for {address}.")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: ours, or a quotation of what somebody wrote."""

    text: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it leaves; ``sender_name`` stands beside the address it is from."""

    subject: str
    text: str
    html: str
    language: str
    sender_name: str


def render(letter: Letter, sender: Sender, *, meant_for: str = "") -> Rendered:
    """Write the letter in its recipient's language.

    ``meant_for`` is the address of the real recipient where somebody else gets it.
    """
    language = letter.to.language
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with override(language):
        lines = {key: one_line(value) for key, value in letter.values.items()}
        subject = fill(_(letter.template.subject), lines)[:_LONGEST_SUBJECT]
        parts = [Part(_(_GREETING)), *_parts(letter.template, letter.values, lines)]
        if meant_for:
            parts.insert(0, Part(fill(_(_MEANT_FOR), {"address": one_line(meant_for)})))
        button = _(letter.template.button) if letter.link else ""
        questions = _(_ANSWER if sender.email else _ASK)
        contact = _contact(sender)
        html = get_template(_LAYOUT).render(
            {
                "language": language,
                "subject": subject,
                "parts": parts,
                "button": button,
                "link": letter.link,
                "questions": questions,
                "contact": contact,
            }
        )
        text = _text(parts, button, letter.link, [questions, contact])
        return Rendered(subject, text, html, language, one_line(sender.name))


def _parts(
    template: Template, values: Mapping[str, object], lines: Mapping[str, str]
) -> Iterator[Part]:
    for paragraph in template.paragraphs:
        if isinstance(paragraph, Quote):
            if quoted := many_lines(values[paragraph.placeholder]):
                yield Part(quoted, is_quote=True)
        elif all(lines[name] for name in placeholders_in(paragraph)):
            yield Part(fill(_(paragraph), lines))


def _contact(sender: Sender) -> str:
    told = (one_line(value) for value in (sender.name, sender.phone, sender.email))
    return ", ".join(value for value in told if value)


def _text(parts: list[Part], button: str, link: str, footer: list[str]) -> str:
    blocks = [_quoted(part.text) if part.is_quote else part.text for part in parts]
    if link:
        blocks.append(f"{button}:\n{link}")
    blocks.append("\n".join(["-- ", *footer]))
    return "\n\n".join(blocks) + "\n"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))
