"""What publishing would make public, before it is done. Selectors."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count

from contest import rulebook
from contest.models import Contest
from scoring.models import Citation
from scoring.naming import Naming, list_titles, namings
from scoring.ranking import Row
from scoring.selectors import current_lists, is_interim, rules_in
from scoring.special_awards import Given, given_in
from submissions.models import Attachment, Submission


@dataclass(frozen=True, slots=True)
class Winning:
    """An awarded entry as the public would read it.

    ``tells`` says whether its texts may be shown; ``photos`` how many pictures may.
    """

    place: int
    shared: bool
    total: str
    naming: Naming
    has_citation: bool
    tells: bool
    photos: int


@dataclass(frozen=True, slots=True)
class WinningList:
    """A list with the entries that it would award."""

    title: str
    winners: tuple[Winning, ...]
    unscored: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that publishing now would show; ``jurors`` None: they stay unnamed."""

    lists: tuple[WinningList, ...]
    special_awards: tuple[Given, ...]
    jurors: tuple[str, ...] | None
    entries: int
    interim: bool

    @property
    def winners(self) -> Iterator[Winning]:
        """All awards, list by list."""
        return (each for one in self.lists for each in one.winners)

    @property
    def without_citation(self) -> int:
        """How many awards have no words of praise yet."""
        return sum(not each.has_citation for each in self.winners)


def preview_of(contest: Contest) -> Preview:
    """Rank as it stands and tell what may be shown of the awarded."""
    rules = rulebook.read_version(contest.rules_in_force)
    ranking = rules_in(contest.rules_in_force)
    titles = list_titles(contest)
    ranked = current_lists(contest, ranking, rules.awarded)
    rows = {code: ranked[code].first_places(n) for code, n in rules.awarded.items()}
    shown = _Shown(contest, {row.entry for each in rows.values() for row in each})
    return Preview(
        lists=tuple(
            WinningList(
                title=titles[code],
                winners=tuple(shown.winning(code, row) for row in won),
                unscored=ranked[code].unscored,
            )
            for code, won in rows.items()
        ),
        special_awards=_special_awards(contest, rules),
        jurors=_jurors(contest) if rules.names_jurors else None,
        entries=Submission.objects.filter(contest=contest).in_competition().count(),
        interim=is_interim(contest),
    )


def _special_awards(contest: Contest, rules: rulebook.Rulebook) -> tuple[Given, ...]:
    given = given_in(contest) if rules.special_awards else []
    return tuple(each for each in given if not each.lapse)


def _jurors(contest: Contest) -> tuple[str, ...]:
    names = contest.jurors.voting().values_list("person__name", flat=True)
    return tuple(names)


class _Shown:
    """Names, consents, photos and praise of the awarded, each in one query."""

    def __init__(self, contest: Contest, references: Collection[str]) -> None:
        entries = Submission.objects.filter(contest=contest, reference__in=references)
        agreed = entries.publishable()
        photos = Attachment.objects.publishable().filter(submission__in=entries)
        praise = Citation.objects.filter(contest=contest).exclude(text="")
        self._namings = namings(contest, references)
        self._agreed = set(agreed.values_list("reference", flat=True))
        self._photos = dict(
            photos.order_by()
            .values_list("submission__reference")
            .annotate(Count("pk", distinct=True))
        )
        self._praise = set(praise.values_list("nomination", "submission__reference"))

    def winning(self, code: str, row: Row) -> Winning:
        return Winning(
            place=row.place or 0,
            shared=row.shared,
            total=f"{row.total}",
            naming=self._namings[row.entry],
            has_citation=(code, row.entry) in self._praise,
            tells=row.entry in self._agreed,
            photos=self._photos.get(row.entry, 0),
        )
