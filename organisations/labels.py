"""Words of the register; the sentences of the country packs, which know no Django."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy, gettext_noop

#: The kinds of organisations, in words.
KIND_LABELS: Mapping[str, object] = {
    "community": gettext_lazy("community"),
    "ngo": gettext_lazy("non-governmental organisation"),
    "action_group": gettext_lazy("local action group"),
    "public_body": gettext_lazy("public body"),
    "company": gettext_lazy("company"),
    "other": gettext_lazy("other"),
}

#: What the register keeps of an organisation, and the columns of its files.
FIELD_LABELS: Mapping[str, object] = {
    "name": gettext_lazy("Name of the organisation"),
    "code": gettext_lazy("Code"),
    "code_state": gettext_lazy("State of the code"),
    "former_codes": gettext_lazy("Former codes"),
    "kind": gettext_lazy("Kind of organisation"),
    "legal_form": gettext_lazy("Legal form"),
    "municipality": gettext_lazy("Municipality"),
    "county": gettext_lazy("County"),
    "eldership": gettext_lazy("Eldership"),
    "action_group": gettext_lazy("Action group"),
    "address": gettext_lazy("Address"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "website": gettext_lazy("Website"),
    "country": gettext_lazy("Country"),
}

gettext_noop("nine digits, the last one a check digit")
gettext_noop("eleven digits of a legal entity, with their check digit")
gettext_noop("eight digits, the last one a check digit")
gettext_noop("as the register writes it; somebody will check it")
gettext_noop("There is no amount.")
gettext_noop("This is not an amount; write it as 18407,00.")
gettext_noop(
    "It is not clear whether the last separator stands before thousands or before"
    " cents; write 18407 or 18,41."
)
gettext_noop("An amount has at most two digits after the comma.")
gettext_noop("An amount has at most ten digits before the comma.")
