"""A rulebook that uses all that a rulebook can say, so that forms may lose none of it.

Every key stands here, as the serializer writes it.
"""

from contest.api.rulebook_serializers import RulebookDocumentSerializer

YES_NO = {"code": "finished", "title": {"lt": "Baigtas?", "en": "Finished?"}}
CROPS = [
    {"code": "rye", "title": {"lt": "Rugiai", "en": "Rye"}},
    {"code": "oats", "title": {"lt": "Avižos"}},
    {"code": "other", "title": {"en": "Another one"}},
]
QUESTIONS = [
    {**YES_NO, "kind": "yes_no", "required": True, "group": "project"},
    {
        "code": "crop",
        "title": {"lt": "Kas auginama?"},
        "help": {"lt": "Kelios eilutės\npaaiškinimo."},
        "kind": "choice",
        "choices": CROPS,
        "when": {"question": "finished", "is": [True]},
    },
    {
        "code": "crops",
        "title": {"lt": "Kas dar?"},
        "kind": "choices",
        "choices": CROPS,
        "min_choices": 1,
        "max_choices": 2,
        "when": {"question": "crop", "is": ["oats", "rye"]},
    },
    {
        "code": "hectares",
        "title": {"lt": "Kiek hektarų?"},
        "kind": "number",
        "minimum": "0,5",
        "maximum": "2 000",
        "group": "money",
        "when": {"question": "nominations", "is": ["greenest"]},
    },
    {
        "code": "sown_on",
        "title": {"lt": "Kada pasėta?"},
        "kind": "date",
        "minimum": "2020-01-01",
    },
    {
        "code": "story",
        "title": {"en": "The story"},
        "kind": "long_text",
        "max_length": 12_000,
        "group": "statements",
    },
]
DOCUMENT = {
    "title": {"lt": "Turtingi nuostatai", "en": "Rich rules"},
    "criteria": [
        {
            "code": "yield",
            "title": {"lt": "Derlius", "en": "Yield"},
            "help": {"lt": "Žiūrima\nį lauką."},
            "scale": {"minimum": "0", "maximum": "5", "step": "0.5"},
            "words": {"0": {"lt": "nėra"}, "2.5": {"lt": "pusė", "en": "half"}},
            "weight": "2.25",
            "comment": "required",
        },
        {
            "code": "beauty",
            "title": {"lt": "Grožis"},
            "scale": {"minimum": "1", "maximum": "10", "step": "1"},
            "words": {"10": {"en": "so – very: fine"}},
            "weight": "1",
            "counted": False,
            "required": False,
            "comment": "off",
            "nominations": ["finest", "greenest"],
        },
    ],
    "nominations": [
        {
            "code": "greenest",
            "title": {"lt": "Žaliausias"},
            "weights": {"yield": "1", "beauty": "0.5"},
            "places": 3,
            "entries": "chosen",
            "panel": "green",
            "description": {"lt": "Kam skiriama,\nir kodėl."},
            "sponsor": {"lt": "Rėmėjas", "en": "A sponsor"},
        },
        {"code": "finest", "title": {"en": "Finest"}, "weights": {"beauty": "2"}},
    ],
    "special_awards": [
        {
            "code": "commended",
            "title": {"lt": "Pagirtas", "en": "Highly commended"},
        },
        {
            "code": "sponsors",
            "title": {"lt": "Rėmėjo prizas"},
            "description": {"lt": "Už drąsą,\nir ne tik."},
            "sponsor": {"lt": "Rėmėjas", "en": "A sponsor"},
            "nomination": "greenest",
            "count": 2,
        },
    ],
    "total": "60",
    "mapping": "range",
    "min_scores": 2,
    "minimum_score": "12.5",
    "tie_breaks": ["top_marks", "criterion:yield", "lot"],
    "lot_seed": "beržas",
    "places": 5,
    "short_list": 9,
    "jurors_per_entry": 3,
    "who_enters": ["action_group", "nominator"],
    "may_be_ongoing": True,
    "two_persons": True,
    "limits": {
        "entries_per_organisation": 3,
        "entries_per_nomination": 2,
        "nominations_per_entry": 1,
        "photos_per_entry": 7,
        "documents_per_entry": 4,
        "megabytes_per_entry": 120,
        "quota": {"by": "county", "count": 9},
        "bar_winners": {"editions": 3, "places": 3, "by_place": {"1": 5, "2": 4}},
    },
    "eligibility": [
        {"code": "done", "text": {"lt": "Baigta.\nPasirašyta."}},
        {
            "code": "seen",
            "text": {"en": "Seen by us."},
            "checked_by": "commission",
            "required": False,
        },
    ],
    "entry_form": {
        "required": ["title", "summary", "links", "nominations"],
        "limits": {"summary": 900, "title": 80},
    },
    "questions": QUESTIONS,
    "timetable": {
        "announce_days": 3,
        "collection_days": 20,
        "collection_days_max": 40,
    },
    "visibility": {"juror_names": "published", "deliberation": True},
}


def rich_rulebook():
    """The document with every key that its shape fills in."""
    shape = RulebookDocumentSerializer(data=DOCUMENT)
    shape.is_valid(raise_exception=True)
    return shape.validated_data
