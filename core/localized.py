"""Texts of a contest: ``{language: text}`` with a stated fallback."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language


def localized(texts: Mapping[str, str], *, fallback: str = "") -> str:
    """Choose the text in the reader's language, else in ``fallback``, else any."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for code in (language, fallback):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")
