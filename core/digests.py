"""SHA-256 of documents in one canonical form."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def json_digest(document: Mapping[str, Any], *, salt: str = "") -> str:
    """Hash a JSON document (sorted keys, no spaces, UTF-8), hex.

    ``salt`` is prepended: a digest of personal text that may be erased must not be
    open to guessing once the text is gone.
    """
    text = json.dumps(
        document, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256((salt + text).encode()).hexdigest()
