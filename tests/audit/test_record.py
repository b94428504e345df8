import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from audit.services import record
from tests.factories import UserFactory

pytestmark = [pytest.mark.thread, pytest.mark.django_db]


def test_a_row_stands_for_itself_when_its_actor_is_gone():
    person = UserFactory()
    record("accounts.invite", person, by=person, label="A", told=True)

    (event,) = Event.objects.all()
    assert event.subject_type == "accounts.user"
    assert (event.actor_label, event.details) == (str(person.pk)[:8], {"told": True})


def test_what_the_house_does_itself_is_recorded_as_its_own():
    record("accounts.invite", UserFactory(), by=None)

    event = Event.objects.get()
    assert (event.actor_id, event.actor_label) == (None, "system")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_keeps_the_record_as_it_is(change):
    record("accounts.invite", UserFactory(), by=None)
    rows = Event.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="other") if change == "update" else rows.delete()

    assert Event.objects.get().reason == ""


def test_the_record_holds_no_address_of_a_person():
    person = UserFactory(email="ona@example.org")

    record("accounts.change_self", person, by=person)

    assert "ona@example.org" not in str(Event.objects.values())
