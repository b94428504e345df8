"""What happens in the contests of other countries of ``tests/contest/siblings.py``.

Totals are worked out by hand.
"""

from tests.journeys.telling import Entry, Refused, Story, answered, nominated


def ria():
    """Networks of the Union's states enter twice in a category; more time to finish."""
    done, going = answered(finished=True), answered(finished=False)
    near = answered(finished=False, near_completion="Liko atidaryti")
    fax = answered(finished=True, digital_tools=["fax"])
    network = {"country": "FI", "municipality": "Seinäjoki", "code": "FI 1234"}
    return Story(
        entries=[
            Entry("A", [(9, 8)], nominated("green", **done), network),
            Entry("B", [(7, 7)], nominated("green", **near), of="A"),
            Entry("C", [(8, 8)], nominated("inclusive", **done), of="A"),
            Entry(
                "D",
                [(10, 10)],
                nominated("green", **done),
                {"country": "PL", "code": "0000012345"},
            ),
        ],
        refused=[
            Refused(
                Entry("E", said=nominated("green", **done), of="A"),
                "send",
                "entries_per_nomination",
            ),
            Refused(
                Entry("F", said=nominated("green", **going)),
                "send",
                "answers.near_completion",
            ),
            Refused(
                Entry("G", said=nominated("digital", **fax)),
                "save",
                "digital_tools",
            ),
        ],
        places={
            "green": [(1, "D", "100.00"), (2, "A", "85.00"), (3, "B", "70.00")],
            "inclusive": [(1, "C", "80.00")],
        },
        won=[("green", 1, "D"), ("inclusive", 1, "A")],
    )


def unser_dorf():
    """Five parts of unequal weight on twenty points, half points allowed."""
    home = {"country": "DE", "municipality": "Groß Laasch"}
    return Story(
        entries=[
            # 15·1 + 30·0.5 + 20·0.775 + 20·0.9 + 15·0.6
            Entry("A", [(20, 10, 15.5, 18, 12)], home={**home, "code": "VR 123 B"}),
            Entry("B", [(20, 20, 20, 20, 20)], answered(residents=812), home),
        ],
        refused=[
            Refused(
                Entry("C", said=answered(residents=3001), home=home),
                "save",
                "residents",
            )
        ],
        places={"overall": [(1, "B", "100.00"), (2, "A", "72.50")]},
        won=[("overall", 1, "B"), ("overall", 2, "A")],
    )


def marka_leaderit():
    """One project in as many categories as it likes; recoveries shut it out."""
    home = {"country": "EE", "municipality": "EE-668", "code": "80004733"}
    return Story(
        entries=[
            Entry(
                "A",
                [(9,)],
                nominated("area", "innovative", "climate"),
                home,
                by="action_group",
            ),
            Entry("B", [(10,)], nominated("area"), {"country": "EE"}),
            Entry("C", said=nominated("area"), unmet="no_recoveries"),
        ],
        refused=[Refused(Entry("D", by="nominator"), "begin", "entered_by")],
        places={
            "area": [(1, "B", "100.00"), (2, "A", "90.00")],
            "climate": [(1, "A", "90.00")],
            "cooperation": [],
        },
        won=[("area", 1, "B"), ("climate", 1, "A"), ("innovative", 1, "A")],
    )


def aasta_kula():
    """One village of each county; who won once stays away."""
    rapla, tartu = "EE-668", "EE-796"
    return Story(
        entries=[
            Entry("A", [(7,)], home={"country": "EE", "municipality": rapla}),
            Entry("B", [(9,)], home={"country": "EE", "municipality": tartu}),
        ],
        history=[("2024", 1, "E")],
        refused=[
            # Kohila, too, is in Raplamaa.
            Refused(
                Entry("C", home={"country": "EE", "municipality": "EE-317"}),
                "send",
                "quota_county",
            ),
            Refused(Entry("D", home={"country": "EE"}), "send", "quota_place_unknown"),
            Refused(
                Entry("E", home={"country": "EE", "municipality": "EE-305"}),
                "send",
                "bar_winners",
            ),
            Refused(
                Entry("F", home={"country": "SE", "municipality": "Visby"}),
                "send",
                "quota_place_unknown",
            ),
            Refused(
                Entry("G", said=answered(fee_paid_on="2023-12-31")),
                "save",
                "fee_paid_on",
            ),
        ],
        places={"overall": [(1, "B", "90.00"), (2, "A", "70.00")]},
        won=[("overall", 1, "B")],
    )


def poland():
    """Points that add up to a hundred; a first place waits longer than a second."""
    home = {"country": "PL", "municipality": "Marcinów"}
    # 55 + 8 + 9 + 4 + 7 + 5; 54 + 9 + 9 + 5 + 9 + 4 and so on, three jurors each.
    return Story(
        jurors=({}, {}, {}),
        entries=[
            Entry("A", [(55, 8, 9, 4, 7, 5)] * 3, home=home),
            Entry(
                "B",
                [(54, 9, 9, 5, 9, 4), (57, 9, 9, 5, 9, 4), (60, 9, 9, 5, 9, 4)],
                home=home,
            ),
        ],
        history=[
            ("2021", 1, "C"),
            ("2022", 2, "A"),
            ("2023", 1, "X"),
            ("2024", 1, "Y"),
            ("2025", 1, "Z"),
        ],
        refused=[Refused(Entry("C", home=home), "send", "bar_winners")],
        places={"overall": [(1, "B", "93.00"), (2, "A", "88.00")]},
        won=[("overall", 1, "B"), ("overall", 2, "A")],
    )


def finland():
    """Nominated by others, of projects that ended in the year before."""
    told = {"nominator_email": "kyla@example.org"}
    home = {"country": "FI", "municipality": "Kauhava"}
    said = answered(ended_on="2025-06-30", **told)
    return Story(
        entries=[
            Entry("A", [(8,)], said, home, by="person"),
            Entry("B", [(9,)], said, home, by="nominator"),
        ],
        refused=[
            Refused(Entry("C", said=said, home=home), "begin", "entered_by"),
            Refused(
                Entry("D", said=answered(ended_on="2024-12-31"), by="nominator"),
                "save",
                "ended_on",
            ),
        ],
        places={"overall": [(1, "B", "90.00"), (2, "A", "80.00")]},
        won=[("overall", 1, "B")],
    )


STORIES = (ria, unser_dorf, marka_leaderit, aasta_kula, poland, finland)
