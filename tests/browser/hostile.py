"""Texts that would like to be more than texts, put wherever people write."""

from tests.hostile.texts import FORMULA, LONG, MARKUP, RIGHT_TO_LEFT

_ENTRY = ("title", "summary", "innovation", "success", "social_responsibility", "place")


def spoil(edition, users):
    """Let everything that people wrote in an edition be hostile."""
    for user in users:
        user.name = f"{MARKUP}{RIGHT_TO_LEFT}"[:200]
        user.save()
    for entry in [edition.entry, *edition.own_entries.values()]:
        _spoil_entry(entry)
        organisation = entry.organisation
        organisation.set_name(f"{MARKUP}{FORMULA}"[:200])
        organisation.save()
    edition.photo.name = "<script>.jpg"
    edition.photo.caption = f"{MARKUP}{RIGHT_TO_LEFT}"[:500]
    edition.photo.author = FORMULA
    edition.photo.save()
    contest = edition.contest
    contest.title = {"lt": MARKUP, "en": f"{RIGHT_TO_LEFT}{FORMULA}"}
    contest.description = {"lt": f"{MARKUP} {LONG}", "en": LONG}
    contest.save()
    organiser = contest.series.organiser
    organiser.name = {"lt": MARKUP}
    organiser.save()


def _spoil_entry(entry):
    texts = {
        "title": f"{MARKUP}{RIGHT_TO_LEFT}"[:300],
        "summary": f"{LONG} {MARKUP}",
        "innovation": f"{MARKUP} {LONG}",
        "success": FORMULA,
        "social_responsibility": RIGHT_TO_LEFT,
        "place": MARKUP[:150],
    }
    for name in _ENTRY:
        limit = entry._meta.get_field(name).max_length
        setattr(entry, name, texts[name][:limit])
    entry.save()
    if entry.current_version_id:
        content = entry.current_version.content
        content.document = content.document | {n: getattr(entry, n) for n in _ENTRY}
        content.signed_by = MARKUP[:200]
        content.save()
