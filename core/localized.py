"""What the reader's language decides: texts ``{language: text}``, amounts of money."""

from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import format_amount

EURO = "EUR"


def localized(texts: Mapping[str, str], *, fallback: str = "") -> str:
    """Choose the text in the reader's language, else in ``fallback``, else any."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for code in (language, fallback):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


def localized_money(amount: Decimal, currency: str) -> str:
    """Write an amount in the reader's language: „18 407,00 Eur“, “€18,407.00”."""
    marks = {
        "decimal": get_format("DECIMAL_SEPARATOR"),
        "group": get_format("THOUSAND_SEPARATOR"),
    }
    pattern = _("€{amount}") if currency == EURO else _("{currency} {amount}")
    written = pattern.replace(" ", "\u00a0")  # an amount never breaks in two lines
    return written.format(amount=format_amount(amount, **marks), currency=currency)
