"""The organiser, the edition, and the acts that move it on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from config.demo.client import Person, wait_until
from config.demo.teller import Teller
from core import clock

CONTEST = "sumani"
COORDINATOR = "coordinator@example.org"
_PATIENCE = 30.0  # seconds for what the clock does by itself
_SOON = timedelta(seconds=1)
_A_MONTH = timedelta(days=30)
_TITLE = {
    "lt": "Sumani bendruomenė – pažangus kaimas",
    "en": "Smart community – progressive village",
}
_ORGANISER = {
    "slug": "lkbs",
    "name": {
        "lt": "Lietuvos kaimo bendruomenių sąjunga",
        "en": "Lithuanian Union of Rural Communities",
    },
    # Nobody's: a demonstration sends nobody to real people.
    "phone": "+370 600 00000",
    "email": "konkursas@example.org",
}


def sample_note(seed: int) -> dict[str, str]:
    """Say on every result what it is worth."""
    return {
        "lt": (
            "Pavyzdys, ne tikras rezultatas: projektai – paskelbti faktai, sprendimai"
            " dėl tinkamumo pavyzdiniai, balai sugeneruoti (pradinė reikšmė"
            f" {seed}), organizacijų pavadinimai pridengti."
        ),
        "en": (
            "A sample, no real result: the projects are published facts, the decisions"
            f" on eligibility are examples, the scores are generated (seed {seed}), the"
            " names of organisations are masked."
        ),
    }


def invite_coordinator(admin: Person) -> Person:
    """Open the tenant and bring in the person who will run its contest."""
    admin.post("organisers/", _ORGANISER)
    invited = admin.post(
        "organisers/lkbs/members/", {"email": COORDINATOR, "name": "Koordinatorė"}
    )
    return admin.line.sign_in(COORDINATOR, invited["code"])


def create_edition(coordinator: Person, *, seed: int, tell: Teller) -> None:
    """Create this year's edition of the series, announce it, wait until it opens."""
    series = {"slug": "sumani-series", "organiser": "lkbs", "title": _TITLE}
    coordinator.post("series/", series)
    opens = clock.now() + _SOON
    contest = coordinator.post(
        "contests/",
        {
            "slug": CONTEST,
            "series": "sumani-series",
            "title": _TITLE,
            "edition": f"{opens.year}",
            "opens_at": opens.isoformat(),
            "closes_at": (opens + _A_MONTH).isoformat(),
            "rulebook_template": "lkbs",
            "sample_note": sample_note(seed),
            "masks_organisations": True,
        },
    )
    tell.fact(f"„{_TITLE['lt']}“ {contest['edition']}, by the rulebook “lkbs”.")
    for warning in contest["warnings"]:
        tell.fact(f"The server remarks: {warning} (A demo does not wait.)")
    announce(coordinator, CONTEST)
    tell.fact(f"Announced and open, until {_day(contest['deadline'])}.")


def create_next(coordinator: Person, slug: str, title: Mapping[str, str]) -> None:
    """Make one more edition by the same rules, announced and open for a month."""
    opens = clock.now() + _SOON
    dates = {
        "opens_at": opens.isoformat(),
        "closes_at": (opens + _A_MONTH).isoformat(),
        **dict.fromkeys(("judging_opens_at", "judging_closes_at", "results_at")),
    }
    coordinator.post(
        f"contests/{CONTEST}/clone/",
        {
            "slug": slug,
            "edition": slug,
            "title": title,
            "dates": dates,
            "reference_prefix": "BANDYMAS",
        },
    )
    announce(coordinator, slug)


def announce(coordinator: Person, contest: str) -> None:
    """Show it to everybody, and wait until it takes entries."""
    act(coordinator, "announce", contest=contest)
    _wait_for_phase(coordinator, contest, "open")


def close_collection(
    coordinator: Person, tell: Teller, *, contest: str = CONTEST
) -> None:
    """End collection before its time, with the reason that the record keeps."""
    until = clock.now() + _SOON
    reason = "Pavyzdys: visos paraiškos jau pateiktos."
    coordinator.post(
        f"contests/{contest}/deadline/",
        {"until": until.isoformat(), "reason": reason},
    )
    _wait_for_phase(coordinator, contest, "eligibility")
    tell.fact(f"The deadline is moved to now. Reason on record: „{reason}“")


def act(
    coordinator: Person,
    kind: str,
    *,
    contest: str = CONTEST,
    reason: str = "",
    confirmed: bool = False,
) -> None:
    """Record an act of the contest's course; ``confirmed`` whatever it leaves out."""
    body = {"kind": kind, "reason": reason, "confirmed": confirmed}
    coordinator.post(f"contests/{contest}/acts/", body)


def _wait_for_phase(coordinator: Person, contest: str, phase: str) -> None:
    def reached() -> bool:
        state = coordinator.get(f"contests/{contest}/")["phase"]
        return bool(state["code"] == phase)

    wait_until(reached, f"{contest} is in the phase {phase}", timeout=_PATIENCE)


def _day(text: str) -> str:
    return f"{datetime.fromisoformat(text):%d %B %Y}"
