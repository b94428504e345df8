"""Both services at once, and the environment that points Django and Celery at them."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.embedded.processes import short_folder
from config.embedded.valkey import Valkey
from tests.services.postgres import PostgreSQL


@dataclass(frozen=True, slots=True)
class Services:
    """What runs, for those who want to stop or kill it too."""

    postgres: PostgreSQL
    valkey: Valkey
    data_dir: Path

    @property
    def environment(self) -> dict[str, str]:
        """The caller's environment, with the services' addresses."""
        return os.environ | {
            "DATABASE_URL": self.postgres.url,
            "CELERY_BROKER_URL": self.valkey.broker_url,
            "CACHE_URL": self.valkey.cache_url,
            "SUMANI_DATA_DIR": str(self.data_dir),
        }


@contextmanager
def services(*, durable: bool = False) -> Iterator[Services]:
    """Run PostgreSQL and Valkey until the block ends; nothing of them is kept."""
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder())
        postgres = stack.enter_context(PostgreSQL(durable=durable))
        valkey = stack.enter_context(
            Valkey(folder / "valkey", log=folder / "valkey.log", durable=durable)
        )
        yield Services(postgres, valkey, data_dir=folder / "data")
