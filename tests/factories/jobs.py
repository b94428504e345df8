import hashlib
import uuid
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from core import clock
from jobs import files
from jobs.models import Job


class JobFactory(DjangoModelFactory):
    """A job that waits for a worker; ``running``, ``failed`` or ``content=b"…"``."""

    class Meta:
        model = Job
        skip_postgeneration_save = True

    kind = "tests.nothing"
    requester_id = factory.LazyFunction(uuid.uuid4)

    class Params:
        running = factory.Trait(
            state=Job.State.RUNNING,
            attempts=1,
            lease_token=factory.LazyFunction(uuid.uuid4),
            lease_until=factory.LazyFunction(
                lambda: clock.now() + timedelta(minutes=1)
            ),
        )
        failed = factory.Trait(state=Job.State.FAILED, error="It could not be made.")

    @factory.post_generation
    def content(job, _create, extracted, **_kwargs):  # noqa: N805 - factory_boy's way
        if extracted is None:
            return
        name = f"{job.pk}.bin"
        path = files.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(extracted)
        digest = hashlib.sha256(extracted).hexdigest()
        job.state = Job.State.DONE
        job.file_name, job.file_sha256, job.file_size = name, digest, len(extracted)
        job.save()
