"""What is sent most: an entry, an organisation, an invitation, texts."""

CONTENT = {
    "title": "Žalia gyvatvorė",
    "summary": "Kas padaryta",
    "innovation": "Kas nauja",
    "success": "Kas pavyko",
    "social_responsibility": "Kam tai naudinga",
    "measure": "LEADER-19.2-SAVA-3",
    "project_number": "KELM-LEADER-6B-J-2-1-2018",
    "contract_number": "42VS-KK-18",
    "total": "18407.00",
    "grant_awarded": "10000.00",
    "grant_paid": "9000.00",
    "started_on": "2024-01-01",
    "finished_on": "2025-01-01",
    "place": "Pakražantis",
    "municipality": "LT-19",
    "action_group": "Kelmės VVG",
    "links": ["https://example.org/a"],
    "answers": {"why": "Todėl"},
    "nominations": [],
    "contact_name": "Ona Onaitė",
    "contact_email": "ona@example.org",
    "contact_phone": "+370 600 00001",
}
ORGANISATION = {
    "name": "Žibintas",
    "country": "LT",
    "code": "1442391",
    "code_state": "to_check",
    "former_codes": ["1442390"],
    "kind": "community",
    "legal_form": "association",
    "municipality": "LT-19",
    "eldership": "Pakražančio seniūnija",
    "action_group": "Kelmės VVG",
    "address": "Liepų g. 1",
    "email": "info@example.org",
    "phone": "+370 600 00000",
    "website": "https://example.org/",
}
INVITATION = {"email": "new@example.org", "name": "Nauja Naujienė"}
TEXTS = {"lt": "Pavadinimas", "en": "Title"}
