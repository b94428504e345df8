"""Nine jurors score, all at the same time, each over a line of their own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from config.demo.client import Line, Person, side_by_side
from config.demo.marks import Marks, generator
from config.demo.setting_up import CONTEST, act
from config.demo.teller import Teller

CRITERIA = ("innovation", "success", "social_responsibility", "originality")
_LOWEST, _STEPS = 1, 9  # the scale of the template goes from 1 to 10
_ROLES = ("chair", "deputy", *("member",) * 7)
_ONE_BY_ONE = 2  # this juror saves criterion by criterion, as the page does
_IN_CONFLICT = (3, 7)  # juror and entry, by their order
_LEAVES_ONE = 6  # this juror does not send the sheet of the last entry
_COMMENTED = 0.03  # share of the sheets that carry a comment
_COMMENT = "Pavyzdinis komentaras (sugeneruotas)."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a juror is going to put down for one entry."""

    values: dict[str, int]
    comment: str

    def scores(self) -> Iterator[dict[str, Any]]:
        """Write the criteria as the sheet's route takes them; nothing is stored yet."""
        for code, value in self.values.items():
            score = {"criterion": code, "value": value, "version": 0}
            yield score | ({"comment": self.comment} if self.comment else {})


def seat_panel(coordinator: Person, tell: Teller) -> list[Person]:
    """Invite the jurors; each signs in by the code that only they are given."""
    codes = invite_panel(coordinator, CONTEST)
    jurors = [coordinator.line.sign_in(email, code) for email, code in codes.items()]
    assigned = open_judging(coordinator, CONTEST)
    tell.fact(f"{len(jurors)} jurors; {assigned} assignments: all to all.")
    return jurors


def invite_panel(coordinator: Person, contest: str) -> dict[str, str]:
    """Invite the nine; address -> code, empty for who has an account already."""
    codes = {}
    for number, role in enumerate(_ROLES, start=1):
        email = f"j{number:02d}@example.org"
        invited = coordinator.post(
            f"contests/{contest}/jurors/",
            {"email": email, "name": f"Narys {number}", "role": role},
        )
        codes[email] = invited["code"] or ""
    return codes


def open_judging(coordinator: Person, contest: str) -> int:
    """Assign every entry to every juror and open judging; how many pairs."""
    path = f"contests/{contest}/assignments/"
    assigned = coordinator.post(path, {"everything": True})
    act(coordinator, "open_judging", contest=contest)
    return int(assigned["created"])


def judge(
    coordinator: Person, jurors: Sequence[Person], seed: int, tell: Teller
) -> None:
    """Let all jurors work through their lists at once."""
    sheets = _draw(_references(jurors[0]), len(jurors), seed)

    def work(line: Line, number: int) -> Counter[str]:
        return _work_through(jurors[number].on(line), number, sheets[number])

    numbers = range(len(jurors))
    evenings = side_by_side(coordinator.line, numbers, work, lines=len(jurors))
    done = sum(evenings, Counter[str]())
    tell.fact(f"{done['sent']} sheets sent, with {done['scores']} scores.")
    tell.fact(f"{done['comments']} sheets carry a comment.")
    tell.fact(f"{done['conflicts']} conflict of interest declared: no sheet there.")
    tell.fact(f"{done['unsent']} sheet saved but not sent: it does not count.")


def _references(juror: Person) -> list[str]:
    path = f"assignments/?contest={CONTEST}"
    return sorted(assignment["reference"] for assignment in juror.all_of(path))


def _draw(references: Iterable[str], jurors: int, seed: int) -> list[dict[str, Sheet]]:
    """Draw every sheet before anybody works: threads change nothing of it."""
    chance = generator(seed)
    marks = Marks(chance, jurors=jurors, criteria=len(CRITERIA), steps=_STEPS)
    sheets: list[dict[str, Sheet]] = [{} for _ in range(jurors)]
    for reference in references:
        entry = marks.entry()
        for juror in range(jurors):
            steps = marks.sheet(entry, juror)
            values = [_LOWEST + step for step in steps]
            has_comment = chance.random() < _COMMENTED
            sheets[juror][reference] = Sheet(
                dict(zip(CRITERIA, values, strict=True)),
                comment=_COMMENT if has_comment else "",
            )
    return sheets


def _work_through(juror: Person, number: int, sheets: dict[str, Sheet]) -> Counter[str]:
    """Do what one juror does in an evening; what was done, by kind."""
    done: Counter[str] = Counter()
    assignments = juror.all_of(f"assignments/?contest={CONTEST}")
    assignments.sort(key=lambda assignment: assignment["reference"])
    for order, assignment in enumerate(assignments, start=1):
        path = f"assignments/{assignment['id']}"
        if (number, order) == _IN_CONFLICT:
            reason = {"reason": "Pavyzdys: narys susijęs su pareiškėju."}
            juror.post(f"{path}/conflict/", reason, HTTPStatus.OK)
            done["conflicts"] += 1
            continue
        sheet = sheets[assignment["reference"]]
        _save(juror, path, sheet, one_by_one=number == _ONE_BY_ONE)
        if number == _LEAVES_ONE and order == len(assignments):
            done["unsent"] += 1
            continue
        juror.post(f"{path}/sheet/send/", expect=HTTPStatus.OK)
        done.update(sent=1, scores=len(sheet.values), comments=bool(sheet.comment))
    return done


def _save(juror: Person, path: str, sheet: Sheet, *, one_by_one: bool) -> None:
    if not one_by_one:
        juror.put(f"{path}/sheet/", {"scores": list(sheet.scores())})
        return
    for score in sheet.scores():
        code = score.pop("criterion")
        juror.patch(f"{path}/sheet/{code}/", score)
