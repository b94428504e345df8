"""One cell: mended where its meaning is certain, else refused with a reason's code."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from core.collation import search_key
from core.text import ForbiddenCharacter, clean
from organisations.countries.pack import CountryPack

# Characters a field holds, as the register's own columns do.
LENGTHS = {
    "name": 300,
    "code": 20,
    "kind": 40,
    "legal_form": 200,
    "municipality": 100,
    "county": 100,
    "eldership": 100,
    "address": 300,
    "email": 254,
    "phone": 40,
    "website": 300,
    "action_group": 200,
}
KINDS = {
    "community": (
        "Bendruomenė",
        "Community",
        "Kaimo bendruomenė",
        "Community of a village",
    ),
    "ngo": (
        "NVO",
        "NGO",
        "Nevyriausybinė organizacija",
        "Non-governmental organisation",
    ),
    "action_group": ("VVG", "Local action group", "Vietos veiklos grupė", "LAG"),
    "public_body": (
        "Viešoji institucija",
        "Public body",
        "Biudžetinė įstaiga",
        "Savivaldybė",
    ),
    "company": ("Įmonė", "Company", "UAB", "Bendrovė"),
    "other": ("Kita", "Other", "Kitas"),
}
_KIND_OF = {
    search_key(word): kind for kind, words in KINDS.items() for word in (kind, *words)
}
# Control characters as the symbols that Unicode has to show them.
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "\u2421"}
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = "\ufeff\u200b\u2060\u00ad"
_ROUNDED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_WHOLE = re.compile(r"(\d+)[.,]0+")
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*\.[^\W\d_]{2,63}"
)
_PHONE = re.compile(r"[+(\d][\d\s()+./,;-]*")
_FEWEST_DIGITS = 5
_WEBSITE = re.compile(
    r"https?://[^\W_]([\w-]*\.)+[^\W\d_]{2,63}(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE
)


class Doubtful(Exception):
    """The cell is not taken: a code, and the JSON values that its sentence names."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def kind_word(kind: str, language: str) -> str:
    """Say a kind in a language as an import of it is understood."""
    words = KINDS[kind]
    return words[0] if language.startswith("lt") else words[1]


def visible(text: str) -> str:
    """Make of a stranger's text what can be stored and shown, nothing dropped."""
    text = unicodedata.normalize("NFC", text.translate(_PICTURES))
    return "".join(_UNREADABLE if _is_unfit(c) else c for c in text)


def _is_unfit(character: str) -> bool:
    is_non_character = ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004 -- the last two of each plane
    return is_non_character or unicodedata.category(character) in {"Cc", "Cs"}


def tidy(text: str) -> str:
    """One line in NFC, with plain single spaces; ``Doubtful`` when it is no text."""
    if _UNREADABLE in text:
        raise Doubtful("unreadable")
    try:
        text = clean(text)
    except ForbiddenCharacter as exc:
        raise Doubtful(
            "control_character", character=exc.character, position=exc.position
        ) from exc
    return " ".join(text.strip(_INVISIBLE).split())


def read(name: str, text: str, pack: CountryPack) -> str:
    """Take a cell for a field: the value as the register stores it."""
    text = tidy(text)
    if not text:
        return ""
    reader = _READERS.get(name)
    value = reader(text, pack) if reader else text
    if len(value) > LENGTHS[name]:
        raise Doubtful("too_long", length=len(value), limit=LENGTHS[name])
    return value


def _code(text: str, pack: CountryPack) -> str:
    """Mend what Excel makes of a code: a number, with decimals or grouped digits."""
    if _ROUNDED.fullmatch(text):
        raise Doubtful("code_rounded")
    code = text.replace(" ", "").strip("'")
    if whole := _WHOLE.fullmatch(code):
        code = whole[1]
    if pack.organisation_code_is_valid(code) or pack.organisation_code_is_former(code):
        return code
    raise Doubtful("code_invalid", rule=pack.organisation_code_rule)


def _kind(text: str, _pack: CountryPack) -> str:
    if kind := _KIND_OF.get(search_key(text)):
        return kind
    raise Doubtful("kind_unknown")


def _legal_form(text: str, pack: CountryPack) -> str:
    if form := pack.find_legal_form(text):
        return form.code
    raise Doubtful("legal_form_unknown")


def _municipality(text: str, pack: CountryPack) -> str:
    if not pack.municipalities:
        return text
    if place := pack.find_municipality(text):
        return place.code
    raise Doubtful("municipality_unknown")


def _county(text: str, pack: CountryPack) -> str:
    if not pack.counties:  # it would only be compared, and is stored nowhere
        return ""
    if place := pack.find_county(text):
        return place.code
    raise Doubtful("county_unknown")


def _action_group(text: str, pack: CountryPack) -> str:
    group = pack.find_action_group(text)
    return group.name if group else text


def _email(text: str, _pack: CountryPack) -> str:
    text = text.removeprefix("mailto:")
    if not _EMAIL.fullmatch(text) or ".." in text or text[0] == ".":
        raise Doubtful("email_invalid")
    return text


def _phone(text: str, _pack: CountryPack) -> str:
    bare = re.sub(r"^(tel|mob)[.: ]*", "", text, flags=re.IGNORECASE)
    digits = sum(character.isdecimal() for character in bare)
    if not _PHONE.fullmatch(bare) or digits < _FEWEST_DIGITS:
        raise Doubtful("phone_invalid")
    return bare


def _website(text: str, _pack: CountryPack) -> str:
    address = text if "://" in text else f"https://{text}"
    if not _WEBSITE.fullmatch(address):
        raise Doubtful("website_invalid")
    return address


_READERS: dict[str, Callable[[str, CountryPack], str]] = {
    "action_group": _action_group,
    "code": _code,
    "kind": _kind,
    "legal_form": _legal_form,
    "municipality": _municipality,
    "county": _county,
    "email": _email,
    "phone": _phone,
    "website": _website,
}
