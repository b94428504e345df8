"""Templates that only tests write by."""

from mail.letters import Quote, Template

PLAIN = Template(
    name="tests.letter",
    label="A letter",
    subject="A letter for {name}",
    paragraphs=("This is for {name}.",),
)
FULL = Template(
    name="tests.full",
    label="A letter with everything",
    subject="{organisation} wrote of “{title}”",
    paragraphs=(
        "{organisation} wrote of “{title}”.",
        "It gave a reason:",
        Quote("reason"),
        "By {deadline}.",
    ),
    button="Open it",
)
