from collections.abc import Iterable

from accounts.models import ApiToken, OneTimeCode
from core.invariants import invariant

_DIGEST = r"^[0-9a-f]{64}$"


@invariant("accounts.secrets_are_hashed", "Codes and tokens are kept as SHA-256 only.")
def secrets_are_hashed() -> Iterable[str]:
    for model in (ApiToken, OneTimeCode):
        for pk in model.objects.exclude(digest__regex=_DIGEST).values_list("pk"):
            yield f"{model.__name__} {pk[0]}"
