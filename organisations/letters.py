"""What the register writes to people."""

from django.utils.translation import gettext_noop

from mail.letters import Quote, Template

INVITED_TO_REPRESENT = Template(
    name="organisations.invited_to_represent",
    label=gettext_noop("Invitation to act for an organisation"),
    subject=gettext_noop("You can act for {organisation}"),
    paragraphs=(
        gettext_noop(
            "You were entered as a person who acts for {organisation}: you can write"
            " and send its entries to contests."
        ),
        gettext_noop(
            "To sign in, give this address on the page; a code comes by e-mail. You"
            " need no password."
        ),
        gettext_noop("If this is a mistake, tell us; you need do nothing else."),
    ),
    button=gettext_noop("Sign in"),
)
CLAIM_ASKED = Template(
    name="organisations.claim_asked",
    label=gettext_noop("Somebody asks to act for an organisation"),
    subject=gettext_noop("{person} asks to act for {organisation}"),
    paragraphs=(
        gettext_noop("{person} asks to act for {organisation}."),
        gettext_noop("In the organisation: {role}."),
        Quote("message"),
        gettext_noop(
            "Say yes only if you know this person. Whoever acts for the organisation"
            " sees its entries and can change and send them."
        ),
    ),
    button=gettext_noop("Answer the request"),
)
CLAIM_APPROVED = Template(
    name="organisations.claim_approved",
    label=gettext_noop("A request to act for an organisation was granted"),
    subject=gettext_noop("You now act for {organisation}"),
    paragraphs=(
        gettext_noop("Your request was granted: you now act for {organisation}."),
        Quote("reason"),
    ),
    button=gettext_noop("Sign in"),
)
CLAIM_REFUSED = Template(
    name="organisations.claim_refused",
    label=gettext_noop("A request to act for an organisation was refused"),
    subject=gettext_noop("Your request to act for {organisation}"),
    paragraphs=(
        gettext_noop("Your request to act for {organisation} was refused:"),
        Quote("reason"),
        gettext_noop("What you have written yourself is kept."),
    ),
)
