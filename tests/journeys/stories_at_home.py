"""What happens in the contests of Lithuania of ``tests/contest/siblings.py``.

Totals are worked out by hand.
"""

from tests.journeys.telling import Entry, Refused, Story, answered, nominated


def of_nomination(code):
    return [f"{code}_{number}" for number in (1, 2, 3)]


_EVE = {"criteria": of_nomination("gerove"), "said": nominated("gerove")}
_PROPOSED = answered(proposed_by="Jonas Jonaitis")
_MONEY = {"motivation": "Kodėl", "activities": "Ką", "results": "Kas pasiekta"}
_MEASURED = {"measure": "LEADER-19.2-SAVA-4.1", "project_number": "1"}


def akka():
    """Each nomination is judged by its own three criteria."""
    return Story(
        jurors=({}, {}),
        entries=[
            # (8.5 + 8 + 7.5) / 30, then 9.5, 5.5, 4.
            Entry("A", [(9, 8, 7), (8, 8, 8)], **_EVE),
            Entry("B", [(10, 10, 10), (9, 9, 9)], **_EVE, by="action_group"),
            Entry("C", [(5, 5, 5), (6, 6, 6)], **_EVE, by="secretariat"),
            Entry("D", [(4, 4, 4), (4, 4, 4)], **_EVE, by="nominator"),
            Entry(
                "E",
                [(7, 7, 7), (8, 8, 8)],
                nominated("pazangus_ukis"),
                criteria=of_nomination("pazangus_ukis"),
            ),
            Entry("F", said=_EVE["said"], unmet="no_sanctions"),
        ],
        refused=[
            Refused(Entry("G"), "send", "nominations"),
            Refused(Entry("H", said=nominated("nera")), "save", "nominations"),
        ],
        places={
            "gerove": [
                (1, "B", "95.00"),
                (2, "A", "80.00"),
                (3, "C", "55.00"),
                (4, "D", "40.00"),
            ],
            "pazangus_ukis": [(1, "E", "75.00")],
            "drauge_su_gamta": [],
            # Each is measured by the three criteria of its own nomination.
            "overall": [
                (1, "B", "95.00"),
                (2, "A", "80.00"),
                (3, "E", "75.00"),
                (4, "C", "55.00"),
                (5, "D", "40.00"),
            ],
        },
        won=[
            ("gerove", 1, "B"),
            ("gerove", 2, "A"),
            ("gerove", 3, "C"),
            ("pazangus_ukis", 1, "E"),
        ],
    )


def krasto_auksas():
    """Others propose; the place is that of the organisation where none is said."""
    return Story(
        jurors=({}, {}),
        entries=[
            Entry(
                "A",
                [(9, 8), (7, 8)],
                _PROPOSED,
                {"municipality": "LT-21"},
                by="nominator",
            ),
            Entry(
                "B",
                [(10, 9), (8, 7)],
                _PROPOSED | {"municipality": "LT-43"},
                by="action_group",
            ),
        ],
        refused=[
            Refused(
                Entry("C", home={"municipality": "LT-21"}),
                "send",
                "answers.proposed_by",
            ),
            Refused(Entry("D", said=_PROPOSED), "send", "quota_place_unknown"),
            Refused(Entry("E", by="secretariat"), "begin", "entered_by"),
        ],
        places={"overall": [(1, "B", "85.00"), (2, "A", "80.00")]},
        won=[("overall", 1, "B"), ("overall", 2, "A")],
    )


def agency():
    """Three winners; two of them share the second place."""
    return Story(
        entries=[
            Entry("A", [(10, 9, 8)]),
            Entry("B", [(8, 8, 8)]),
            Entry("C", [(9, 8, 7)]),
            Entry("D", [(1, 1, 1)]),
        ],
        places={
            "best": [
                (1, "A", "90.00"),
                (2, "B", "80.00"),
                (2, "C", "80.00"),
                (4, "D", "10.00"),
            ]
        },
        won=[("best", 1, "A"), ("best", 2, "B"), ("best", 2, "C")],
    )


def spindulys():
    """Villages of up to 6 000 people, each in one category."""
    small = answered(population=400)
    return Story(
        entries=[
            Entry("A", [(9,)], nominated("kategorija_1", **small)),
            Entry("B", [(7,)], nominated("kategorija_1", **small), by="secretariat"),
            Entry("C", [(8,)], nominated("kategorija_8", **small), by="person"),
        ],
        refused=[
            Refused(Entry("D", said=answered(population=6001)), "save", "population"),
            Refused(
                Entry("E", said=nominated("kategorija_1", "kategorija_2", **small)),
                "send",
                "nominations_per_entry",
            ),
        ],
        places={
            "kategorija_1": [(1, "A", "90.00"), (2, "B", "70.00")],
            "kategorija_8": [(1, "C", "80.00")],
            "overall": [(1, "A", "90.00"), (2, "C", "80.00"), (3, "B", "70.00")],
        },
        won=[("kategorija_1", 1, "A"), ("kategorija_8", 1, "C")],
    )


def tautos_azuolai():
    """A community enters three times, and no more."""
    return Story(
        entries=[
            Entry("A", [(9,)], nominated("azuolas_1")),
            Entry("B", [(8,)], nominated("azuolas_2"), of="A"),
            Entry("C", [(7,)], nominated("azuolas_15"), of="A"),
            Entry("D", [(6,)], nominated("azuolas_1")),
        ],
        refused=[
            Refused(
                Entry("E", said=nominated("azuolas_3"), of="A"),
                "send",
                "entries_per_organisation",
            )
        ],
        places={
            "azuolas_1": [(1, "A", "90.00"), (2, "D", "60.00")],
            "azuolas_15": [(1, "C", "70.00")],
        },
        won=[("azuolas_1", 1, "A"), ("azuolas_2", 1, "A"), ("azuolas_15", 1, "A")],
    )


def zur():
    """What the chamber's form asks for are own questions."""
    whole = _MEASURED | answered(**_MONEY, investments="18407.00")
    return Story(
        entries=[Entry("A", [(6,)], whole), Entry("B", [(9,)], whole)],
        refused=[
            Refused(Entry("C", said=answered(**_MONEY)), "send", "measure"),
            Refused(Entry("D", said=_MEASURED), "send", "answers.results"),
            Refused(
                Entry("E", said=answered(motivation="x" * 3001)), "save", "motivation"
            ),
        ],
        places={"overall": [(1, "B", "90.00"), (2, "A", "60.00")]},
        won=[("overall", 1, "B"), ("overall", 2, "A")],
    )


def svyturys():
    """Seven nominations, each with one winner; the ministry's own people judge its."""
    return Story(
        jurors=({"groups": ["ministry"]}, {}),
        entries=[
            Entry("A", [(9,)], nominated("svyturys_1")),
            Entry("B", [(10,), (10,)], nominated("svyturys_2")),
            Entry("C", [(7,), (9,)], nominated("svyturys_2", "svyturys_7")),
            Entry("D", [(8,), (8,)], nominated("svyturys_1", "svyturys_3")),
        ],
        places={
            "svyturys_1": [(1, "A", "90.00"), (2, "D", "80.00")],
            "svyturys_2": [(1, "B", "100.00"), (2, "C", "80.00")],
            "svyturys_7": [(1, "C", "80.00")],
        },
        won=[
            ("svyturys_1", 1, "A"),
            ("svyturys_2", 1, "B"),
            ("svyturys_3", 1, "D"),
            ("svyturys_7", 1, "C"),
        ],
    )


def gera_gyventi():
    """Six criteria of one weight."""
    return Story(
        entries=[
            Entry("A", [(10, 10, 10, 10, 10, 10)]),
            Entry("B", [(9, 9, 9, 9, 9, 6)]),
            Entry("C", [(1, 2, 3, 4, 5, 6)]),
        ],
        # (10·6)/60; (9·5 + 6)/60; 21/60.
        places={"overall": [(1, "A", "100.00"), (2, "B", "85.00"), (3, "C", "35.00")]},
        won=[("overall", 1, "A"), ("overall", 2, "B"), ("overall", 3, "C")],
    )


STORIES = (
    *(akka, krasto_auksas, agency, spindulys, tautos_azuolai, zur, svyturys),
    gera_gyventi,
)
