"""The ranking on the screen and as files, and the proof that they belong together."""

from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from config.demo.client import Person, UnexpectedAnswer, wait_until
from config.demo.setting_up import CONTEST
from config.demo.teller import Teller, cut

_FORMATS = ("xlsx", "csv", "json")
_EXPORT_TIMEOUT = 60.0  # seconds
_SHOWN = 15  # as many as the contest picks
_NARROWEST_TITLE = 24
_HEADS = "Place   Total  Reference  "
_MARKS = {"*": "equal totals, decided by a tie-break", "=": "a shared place"}


@dataclass(frozen=True, slots=True)
class Files:
    """Where the ranking was put."""

    workbook: Path
    proof: Path


def fetch_files(coordinator: Person, folder: Path, tell: Teller) -> Files:
    """Ask for the ranking in each format, wait for the worker, fetch and compare."""
    asked = {
        file_format: coordinator.post(
            f"contests/{CONTEST}/exports/",
            {"file_format": file_format, "language": "lt"},
            HTTPStatus.ACCEPTED,
        )["id"]
        for file_format in _FORMATS
    }
    paths = {}
    for file_format, export in asked.items():
        ready = _wait_for(coordinator, export)
        path = folder / f"ranking.{file_format}"
        path.write_bytes(coordinator.download(f"exports/{export}/file/"))
        digest = sha256(path.read_bytes()).hexdigest()
        if digest != ready["sha256"]:
            raise UnexpectedAnswer(
                f"{path} has the SHA-256 {digest}, the server says {ready['sha256']}."
            )
        size = path.stat().st_size / 1024
        tell.fact(f"{path.name}: {size:.0f} KB, SHA-256 as the server says")
        paths[file_format] = path
    return Files(workbook=paths["xlsx"], proof=paths["json"])


def show_ranking(coordinator: Person, tell: Teller) -> None:
    """Print the first places, and who won each nomination."""
    ranking = _ranking(coordinator, "overall")
    rows = [row for row in ranking["results"] if row["place"] is not None]
    tell.say(
        f"\nThe ranking: {ranking['ranked']} ranked, {ranking['unscored']} unscored"
    )
    tell.say(tell.wrapped(ranking["sample_note"]))
    masked = max(len(row["organisation"]) for row in rows)
    titles = max(_NARROWEST_TITLE, tell.width - len(_HEADS) - masked - 2)
    tell.say(f"\n{_HEADS}{cut('Title', titles)}  Organisation")
    for row in rows:
        tell.say(_line(row, titles))
    for mark, meaning in _MARKS.items():
        if any(_mark(row) == mark for row in rows):
            tell.say(f"     {mark} {meaning}")
    tell.say("\nFirst in each nomination")
    for nomination in ranking["lists"][1:]:
        tell.say(f"  {nomination['title']}")
        for row in _ranking(coordinator, nomination["code"])["results"]:
            if row["place"] == 1:
                tell.say(_line(row, titles))


def _wait_for(coordinator: Person, export: str) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def is_over() -> bool:
        seen.update(coordinator.get(f"exports/{export}/"))
        return seen["state"] in {"done", "failed"}

    wait_until(is_over, "the worker has made the file", timeout=_EXPORT_TIMEOUT)
    if seen["state"] != "done":
        raise UnexpectedAnswer(
            f"The {seen['file_format']} file failed: {seen['error']}"
        )
    return seen


def _ranking(coordinator: Person, nomination: str) -> dict[str, Any]:
    path = f"contests/{CONTEST}/ranking/?nomination={nomination}&page_size={_SHOWN}"
    ranking: dict[str, Any] = coordinator.get(path)
    return ranking


def _line(row: dict[str, Any], titles: int) -> str:
    return (
        f"{row['place']:>5}{_mark(row)} {row['total']:>6}  {row['reference']:<9}"
        f"  {cut(row['title'], titles)}  {row['organisation']}"
    )


def _mark(row: dict[str, Any]) -> str:
    if row["shared"]:
        return "="
    return "*" if row["tie_breaks"] else " "
