"""Which fields hold texts of people: all of our models but those named here.

They are found by looking at the models, so a field that is new is hostile by itself.
"""

from django.apps import apps
from django.db import models

_TEXT = (models.CharField, models.TextField, models.JSONField)
# Tables of Django and its libraries, which people do not write in; passkeys have names.
_LIBRARIES = {"admin", "auth", "contenttypes", "sessions", "account"}

_COMPUTED = {
    *("sha256", "received_sha256", "request_sha256", "file_sha256", "digest", "salt"),
    *("name_search", "name_sort", "name_key", "search_also", "occasion_sha256"),
    *("message_id", "password", "session_key", "etag"),
    *("ImportRun.counts", "ImportRun.outcomes", "ImportRun.result", "Job.parameters"),
    *("FrozenResult.text", "Job.file_name", "stored_name", "preview_name", "body"),
    *("Message.html", "content_type", "reference", "Proposal.basis", "asker"),
    # Made of texts that are here.
    *("UserSession.data", "Message.subject", "Message.text", "VersionContent.document"),
}
_WORDS_OF_OURS = {
    *("action", "subject_type", "subject_id", "template", "text_version", "kind"),
    *("texts_version", "withdrawn_from", "consents", "consent", "checks", "only"),
    *("requirement", "nomination", "nominations", "award", "returned_fields", "key"),
    *("CorrectionRequest.fields", "Change.fields", "ImportProblem.field", "touched"),
    *("ImportProblem.code", "Criterion.code", "Job.error", "Message.error"),
    *(
        "Event.details",
        "Proposal.details",
        *("ColumnChoice.columns", "ChairDecision.references"),
        "ImportRun.refusal",
        "Attachment.question",
        "ImportProblem.facts",
    ),
}
_CHOSEN_FROM_A_LIST = {
    *("country", "currency", "language", "languages", "fallback_language"),
    *("Submission.municipality", "time_zone", "legal_form"),
}
# What has another form than it must is refused: a slug, an address, digits.
_OF_A_FORM = {
    *("slug", "reference_prefix", "email", "to", "reply_to", "contact_email"),
    *("phone", "contact_phone", "website", "Organisation.code", "former_codes"),
}
KEPT = _COMPUTED | _WORDS_OF_OURS | _CHOSEN_FROM_A_LIST | _OF_A_FORM
# Texts in several languages.
LOCALIZED = {
    *("Organiser.name", "Series.title", "Contest.title", "Contest.description"),
    *("Contest.funder_line", "Contest.sample_note", "ContestLogo.alt"),
}


def all_texts():
    """Every model of ours with each of its fields that hold text."""
    for model in apps.get_models():
        if model._meta.app_label in _LIBRARIES:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, _TEXT) and not field.choices:
                yield model, field


def texts_of_people():
    """Those of them in which somebody can write."""
    for model, field in all_texts():
        if not {field.name, named(model, field)} & KEPT:
            yield model, field


def named(model, field):
    """The name of a field in the lists above."""
    return f"{model.__name__}.{field.name}"
