"""Ranking reports as the tests want them, computed by the real ranking."""

from datetime import datetime
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

from exports.workbooks.report import EntryFacts, RankingReport
from scoring.ranking import (
    Criterion,
    Entry,
    Nomination,
    Rules,
    Scale,
    Score,
    rank_scores,
)

TEN = Scale(Fraction(1), Fraction(10), Fraction(1))
VILNIUS = ZoneInfo("Europe/Vilnius")
GENERATED = datetime(2026, 11, 22, 14, 30, 5, tzinfo=VILNIUS)
TITLES = (
    "Vienuolyno akimirkos dvelksmas",
    "Mobilus SPA kaimo žmonėms: pirtis ant ratų, kuri atvažiuoja į kiekvieną kiemą",
    "Iš močiutės skrynios",
    "Šiaudų sodai",
    "Bendruomenės kepykla",
)
ORGANISATIONS = (
    "Kaimo bendruomenė „Palėvenys“",
    "Panevėžio rajono kaimo bendruomenė „Pažagieniai“",
    "Asociacija Žlibinų bendruomenė",
    "Švenčionių krašto bendruomenė",
)
PLACES = (
    ("Kupiškio rajono savivaldybė", "Panevėžio apskritis"),
    ("Panevėžio rajono savivaldybė", "Panevėžio apskritis"),
    ("Plungės rajono savivaldybė", "Telšių apskritis"),
    ("Švenčionių rajono savivaldybė", "Vilniaus apskritis"),
)


def sumani_rules(**changes):
    """The rulebook of the first organiser: three criteria count, a fourth for one."""
    criteria = (
        Criterion("innovation", TEN, Fraction(4)),
        Criterion("success", TEN, Fraction(3)),
        Criterion("social", TEN, Fraction(3)),
        Criterion("originality", TEN, Fraction(1), counted=False),
    )
    nominations = (
        Nomination("innovative", {"innovation": Fraction(1)}, places=1),
        Nomination("original", {"originality": Fraction(1)}, "chosen", places=1),
    )
    options = {"tie_breaks": ("criterion:innovation", "median", "top_marks")}
    return Rules(
        **{"criteria": criteria, "nominations": nominations} | options | changes
    )


def draw_scores(rules, entries, jurors, *, seed=1, missing=0.1):
    """What jurors gave; some gave nothing for some criteria."""
    random = Random(seed)
    for entry in entries:
        level = random.random()
        for juror in jurors:
            for criterion in rules.criteria:
                steps = criterion.scale.steps
                if random.random() >= missing:
                    drawn = random.gauss(0.4 + 0.5 * level, 0.15)
                    value = min(steps, max(0, round(drawn * steps)))
                    yield Score(entry, juror, criterion.code, value)


def make_facts(count):
    """Facts of that many entries, by key."""
    return {
        f"e{index}": EntryFacts(
            f"SUM-{index + 1}",
            TITLES[index % len(TITLES)],
            ORGANISATIONS[index % len(ORGANISATIONS)],
            *PLACES[index % len(PLACES)],
        )
        for index in range(count)
    }


def make_report(entries=12, jurors=5, *, rules=None, scores=None, **changes):
    """A report whose ranking is computed from its scores and exclusions."""
    rules = rules or sumani_rules()
    facts = changes.pop("entries_facts", make_facts(entries))
    labels = {f"j{index}": f"Juror {index + 1}" for index in range(jurors)}
    if scores is None:
        scores = tuple(draw_scores(rules, facts, labels))
    exclusions = changes.pop("exclusions", ())
    everywhere = frozenset(nomination.code for nomination in rules.nominations)
    ranking = rank_scores(
        rules,
        [Entry(key, each.nominations or everywhere) for key, each in facts.items()],
        scores,
        exclusions=exclusions,
        chair_order=changes.pop("chair_order", None),
    )
    values = {
        "contest": "Sumani bendruomenė – pažangus kaimas",
        "reference": "sumani-2026",
        "edition": "2026",
        "organiser": "Lietuvos kaimo bendruomenių sąjunga",
        "organiser_phone": "+370 5 000 0000",
        "organiser_email": "konkursas@example.org",
        "language": "en",
        "generated_at": GENERATED,
        "requested_by": "Coordinator",
        "interim": False,
        "sample_note": "",
        "rulebook_version": "3",
        "rules": rules,
        "criterion_titles": {
            "innovation": "Innovation",
            "success": "Success",
            "social": "Social responsibility",
            "originality": "Originality",
        },
        "nomination_titles": {
            "innovative": "Most innovative",
            "original": "Most original",
        },
        "entries": facts,
        "jurors": labels,
        "scores": scores,
        "exclusions": exclusions,
        "ranking": ranking,
        "digest": "ab" * 32,
        "awarded": {n.code: n.places for n in rules.nominations if n.places},
    }
    return RankingReport(**values | changes)


def scored(*totals):
    """Scores of one juror: for each entry its steps in the four criteria."""
    codes = ("innovation", "success", "social", "originality")
    return tuple(
        Score(f"e{index}", "j0", code, steps)
        for index, each in enumerate(totals)
        for code, steps in zip(codes, each, strict=True)
    )
