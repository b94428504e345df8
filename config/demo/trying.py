"""What is left to try by hand: an edition that takes entries, one that is judged."""

from collections.abc import Sequence

from config.demo.client import Person
from config.demo.entering import Member, decide, enter
from config.demo.judging import invite_panel, open_judging
from config.demo.projects import Project, verdict
from config.demo.setting_up import close_collection, create_next
from config.demo.teller import Teller

OPEN, JUDGED = "try-entering", "try-judging"
_TITLES = {
    OPEN: {"lt": "Išbandykite: pateikite paraišką", "en": "Try it: enter a project"},
    JUDGED: {"lt": "Išbandykite: vertinkite", "en": "Try it: judge"},
}
_SHEETS = 6  # entries to judge: an evening's beginning


def leave_to_try(
    coordinator: Person,
    projects: Sequence[Project],
    members: dict[str, Member],
    tell: Teller,
) -> None:
    """Open two more editions by the same rules, with nothing scored in either."""
    for slug, title in _TITLES.items():
        create_next(coordinator, slug, title)
    chosen = [each for each in projects if each.title and each.organisation]
    chosen = [each for each in chosen if verdict(each).eligible][:_SHEETS]
    entries = enter(coordinator.line, chosen, members, tell, contest=JUDGED)
    close_collection(coordinator, tell, contest=JUDGED)
    decide(coordinator, entries, tell)
    invite_panel(coordinator, JUDGED)
    open_judging(coordinator, JUDGED)
    tell.fact(f"„{_TITLES[OPEN]['lt']}“ takes entries for a month.")
    tell.fact(f"„{_TITLES[JUDGED]['lt']}“ waits for its jurors to score.")
