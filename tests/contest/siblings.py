"""The contests of the field as rulebooks: what is published of each, and no more.

Where a number was never published (a scale, mostly), an ordinary one stands here.
"""

TEN = {"minimum": "1", "maximum": "10", "step": "1"}


def named(words, **fields):
    """Rows with a code and a title each, from ``code: title``."""
    return [{"code": c, "title": {"lt": t}, **fields} for c, t in words.items()]


def criteria(words, **fields):
    return named(words, **{"scale": TEN, **fields})


def points(maxima):
    """Criteria that are given points up to a maximum each; the points are summed."""
    return [
        {
            "code": code,
            "title": {"lt": code},
            "scale": {"minimum": "0", "maximum": str(most), "step": "1"},
            "weight": str(most),
        }
        for code, most in maxima.items()
    ]


def chosen(words, **fields):
    """Nominations that entrants choose among."""
    return named(words, entries="chosen", **fields)


def question(code, kind, **fields):
    return {"code": code, "title": {"lt": code}, "kind": kind, **fields}


def requirements(words, **fields):
    return [{"code": c, "text": {"lt": t}, **fields} for c, t in words.items()]


def akka():
    """Five nominations with three criteria of their own each; places I–III."""
    nominations = {
        "pazangus_ukis": "Pažangus ūkis",
        "pazangus_verslas": "Pažangus verslas",
        "inovaciju_lopsys": "Inovacijų lopšys",
        "drauge_su_gamta": "Drauge su gamta",
        "gerove": "Gerovės kūrėjai",
    }
    codes = {n: [f"{n}_{i}" for i in (1, 2, 3)] for n in nominations}
    words = {n: dict.fromkeys(own, "Kriterijus") for n, own in codes.items()}
    return {
        "criteria": [
            row for n, own in words.items() for row in criteria(own, nominations=[n])
        ],
        "nominations": chosen(nominations, places=3),
        "eligibility": requirements(
            {
                "finished": "Projektas baigtas.",
                "no_breaches": "Pažeidimų nenustatyta.",
                "no_sanctions": "Sankcijų netaikyta.",
                "indicators": "Pasiekti visi rodikliai.",
            }
        ),
        "entry_form": {"required": ["title", "summary", "nominations"]},
        "who_enters": ["owner", "action_group", "nominator", "secretariat"],
    }


def krasto_auksas():
    """Proposed by others, celebrated county by county, each winner with a citation."""
    return {
        "criteria": criteria({"business": "Verslumas", "benefit": "Nauda visuomenei"}),
        "who_enters": ["owner", "action_group", "nominator"],
        "places": 9,
        "limits": {"quota": {"by": "county", "count": 9}},
        "eligibility": requirements({"implemented": "Projektas įgyvendintas."}),
        "questions": [
            question("proposed_by", "text", required=True, group="organisation"),
            question("proposer_phone", "phone", group="organisation"),
        ],
    }


def agency():
    """Three winners on originality, effect on the community, sustainability."""
    return {
        "criteria": criteria(
            {"originality": "Originalumas", "effect": "Poveikis", "lasting": "Tvarumas"}
        ),
        "nominations": named({"best": "Nugalėtojai"}, places=3),
    }


def spindulys():
    """Anyone proposes; 24 of over a hundred (3 × 8 categories) go on; 8 laureates."""
    return {
        "criteria": criteria({"merit": "Nuopelnai"}),
        "nominations": chosen(
            {f"kategorija_{n}": f"Nr. {n}" for n in range(1, 9)}, places=1
        ),
        "short_list": 24,
        "who_enters": ["nominator", "owner", "secretariat"],
        "limits": {"nominations_per_entry": 1},
        "questions": [
            question("population", "whole_number", required=True, maximum="6000")
        ],
    }


def tautos_azuolai():
    """Fifteen nominations; a community enters three times at most."""
    return {
        "criteria": criteria({"merit": "Nuopelnai"}),
        "nominations": chosen(
            {f"azuolas_{n}": f"Nr. {n}" for n in range(1, 16)}, places=1
        ),
        "limits": {"entries_per_organisation": 3},
    }


def zur():
    """Ten good examples; what the form of the chamber asks for are own questions."""
    return {
        "criteria": criteria({"example": "Geroji patirtis"}),
        "places": 10,
        "short_list": 10,
        "entry_form": {"required": ["title", "measure", "project_number"]},
        "questions": [
            question("motivation", "long_text", required=True, max_length=3000),
            question("activities", "long_text", required=True, max_length=5000),
            question("investments", "money", group="money"),
            question("results", "long_text", required=True),
            question("experience", "long_text"),
            question("lessons", "long_text", group="statements"),
            question("photos", "link"),
        ],
    }


def svyturys():
    """Seven nominations, some of which belong to a sponsor."""
    nominations = chosen({f"svyturys_{n}": f"Nr. {n}" for n in range(1, 8)}, places=1)
    nominations[0]["sponsor"] = {"lt": "Socialinės apsaugos ir darbo ministerija"}
    nominations[0]["panel"] = "ministry"
    nominations[0]["description"] = {"lt": "Globoja rėmėjas."}
    return {"criteria": criteria({"merit": "Nuopelnai"}), "nominations": nominations}


def ria():
    """Networks enter twice in a category; six of each of four are short-listed."""
    return {
        "criteria": criteria({"impact": "Poveikis", "transfer": "Perkeliamumas"}),
        "nominations": chosen(
            {c: c for c in ("green", "digital", "resilient", "inclusive")}, places=1
        ),
        "short_list": 24,
        "may_be_ongoing": True,
        "limits": {"entries_per_nomination": 2, "nominations_per_entry": 1},
        "questions": [
            question("finished", "yes_no", required=True),
            question(
                "near_completion",
                "long_text",
                required=True,
                when={"question": "finished", "is": [False]},
            ),
            question(
                "digital_tools",
                "choices",
                choices=named({"web": "Svetainė", "app": "Programėlė"}),
                min_choices=1,
                when={"question": "nominations", "is": ["digital"]},
            ),
        ],
    }


def unser_dorf():
    """Five parts with unequal weights, rated on the twenty points that are printed."""
    weights = {"aims": 15, "economy": 30, "social": 20, "building": 20, "green": 15}
    rows = criteria(dict.fromkeys(weights, "Sritis"))
    for row in rows:
        row["scale"] = {"minimum": "0", "maximum": "20", "step": "0.5"}
        row["weight"] = str(weights[row["code"]])
        row["words"] = {"20": {"lt": "pavyzdinga"}}
    return {
        "criteria": rows,
        "places": 3,
        "questions": [question("residents", "whole_number", maximum="3000")],
        "visibility": {"deliberation": True},
    }


def marka_leaderit():
    """A project in as many of four categories as it likes; recoveries shut it out."""
    return {
        "criteria": criteria({"merit": "Nuopelnai"}),
        "nominations": chosen(
            {c: c for c in ("area", "cooperation", "innovative", "climate")}, places=1
        ),
        "limits": {"nominations_per_entry": 4},
        "may_be_ongoing": True,
        "who_enters": ["owner", "action_group"],
        "eligibility": requirements(
            {"no_recoveries": "Nėra susigrąžinamų lėšų ir ginčų."},
            checked_by="commission",
        ),
    }


def aasta_kula():
    """One village of each county, six preconditions, past winners stay away."""
    words = {f"precondition_{n}": f"Sąlyga {n}" for n in range(1, 7)}
    return {
        "criteria": criteria({"village": "Kaimas"}),
        "places": 1,
        "limits": {
            "quota": {"by": "county", "count": 1},
            "bar_winners": {"editions": 1000, "places": 1},
        },
        "eligibility": [
            *requirements(words),
            *requirements(
                {"fee": "100 EUR mokestis."}, checked_by="entrant", required=False
            ),
        ],
        "questions": [question("fee_paid_on", "date", minimum="2024-01-01")],
    }


def poland():
    """60 + 10 + 10 + 5 + 10 + 5 points; who wins waits five editions, II–III three."""
    return {
        "criteria": points(
            {"tours": 60, "plan": 10, "work": 10, "chronicle": 5, "web": 10, "open": 5}
        ),
        "places": 3,
        "limits": {
            "bar_winners": {"editions": 3, "places": 3, "by_place": {"1": 5}},
        },
        "jurors_per_entry": 3,
        "two_persons": True,
    }


def finland():
    """Nominated by a form of the web; the project ended in the year before."""
    return {
        "criteria": criteria({"board": "Valdybos sprendimas"}),
        "places": 1,
        "who_enters": ["nominator"],
        "questions": [
            question(
                "ended_on",
                "date",
                required=True,
                minimum="2025-01-01",
                maximum="2025-12-31",
            ),
            question("nominator_email", "email", required=True, group="organisation"),
        ],
    }


def gera_gyventi():
    """Six criteria, twenty chosen; all of them are visited and win."""
    words = {f"criterion_{n}": f"Kriterijus {n}" for n in range(1, 7)}
    return {"criteria": criteria(words), "short_list": 20, "places": 20}


SIBLINGS = {
    maker.__name__: maker
    for maker in (
        *(akka, krasto_auksas, agency, spindulys, tautos_azuolai, zur, svyturys),
        *(ria, unser_dorf, marka_leaderit, aasta_kula, poland, finland, gera_gyventi),
    )
}


def described(person, document):
    """Create a contest by a template, give it rules of its own, and read them."""
    created = person.post(
        "contests/",
        {
            "slug": "sibling",
            "series": person.series,
            "title": {"lt": "Konkursas"},
            "edition": "2026",
            "languages": ["lt"],
            "fallback_language": "lt",
            "rulebook_template": "commission_100",
        },
        "json",
    )
    assert created.status_code == 201, created.json()
    put = person.put(
        "contests/sibling/rulebook/",
        {"document": document, "reason": "Nuostatai", "version": 1},
        "json",
    )
    assert put.status_code == 200, put.json()
    return person.get("contests/sibling/rulebook/").json()["document"]
