"""What a village organisation does in the browser, from signing in to the receipt."""

import re

from django.core import mail

from contest import rulebook
from mail.runner import send_due
from submissions.models import Submission
from tests.factories import ContestFactory, SubmissionFactory

WORDS = {
    "lt": {
        "address": "Jūsų el. pašto adresas",
        "send code": "Atsiųsti kodą el. paštu",
        "code": "Kodas",
        "sign in": "Prisijungti",
        "begin": "Pradėti paraišką",
        "claim": "Prašyti ir tęsti",
        "go on": "Įrašyti ir tęsti",
        "send": "Pateikti paraišką",
    },
    "en": {
        "address": "Your e-mail address",
        "send code": "E-mail me a code",
        "code": "Code",
        "sign in": "Sign in",
        "begin": "Begin the entry",
        "claim": "Ask and go on",
        "go on": "Save and continue",
        "send": "Send the entry",
    },
}


def begun(owner, **limits):
    """Begin an entry with everything that must be in it, in a contest that is open."""
    document = rulebook.template("lkbs")
    document["entry_form"] = document["entry_form"] | {"limits": limits}
    return SubmissionFactory(
        contest=ContestFactory(phase="open", document=document),
        organisation=owner.organisation,
        state="draft",
    )


def at(entry, part):
    return f"/entries/{entry.pk}/{part}"


def stored(entry):
    return Submission.objects.get(pk=entry.pk)


def leave(page, selector, text):
    """Type and leave the field; wait until the page says what became of it."""
    page.locator(selector).fill(text)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(selector).blur()


def press(page, name):
    """Press the button and wait for where it leads: a ``goto`` would cut it off."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()


def sign_in(page, words, email):
    """Ask for a code, read it in the newest message, and type it in."""
    page.get_by_label(words["address"]).fill(email)
    press(page, words["send code"])
    page.locator("#id_code").wait_for()
    send_due()
    told = [sent.subject for sent in mail.outbox if sent.to == [email]]
    codes = re.findall(r"\d{6}", " ".join(told))
    page.locator("#id_code").fill(codes[-1])
    press(page, words["sign in"])


def fill(page, part, **typed):
    page.wait_for_url(re.compile(f"/{part}/"))
    for field, text in typed.items():
        page.locator(f"#id_{field}").fill(text)


def enter(page, words, *, organisation, title, has_questions=False):
    """Claim an organisation of the register, fill the form in, and send the entry."""
    page.locator("#q").fill(organisation)
    page.get_by_role("search").get_by_role("button").click()
    page.locator(".card a").click()
    page.locator("#id_name").fill("Rūta Rūtaitė")
    page.locator("#id_role").fill("pirmininkė")
    press(page, words["claim"])
    press(page, words["begin"])

    page.locator(".tasks a").first.click()
    fill(page, "contact", contact_name="Rūta", contact_phone="+370 600 00001")
    press(page, words["go on"])
    fill(page, "project", title=title, summary="Kiemas visiems.")
    press(page, words["go on"])
    fill(page, "money", total="18 407,00", finished_on="2024-05-31")
    press(page, words["go on"])
    fill(
        page, "statements", innovation="Nauja", success="Pavyko",
        social_responsibility="Visiems",
    )  # fmt: skip
    press(page, words["go on"])
    if has_questions:
        page.wait_for_url(re.compile("/questions/"))
        press(page, words["go on"])
    page.wait_for_url(re.compile("/files/"))
    page.goto(page.url.replace("/files/", "/send/"))
    page.locator("#id_signed_by").fill("Rūta Rūtaitė")
    page.locator("#id_signed_role").fill("pirmininkė")
    page.locator("[id='id_consents.processing']").check()
    press(page, words["send"])
    page.wait_for_url(re.compile("/receipt/"))
