"""What lies in the outbox, told briefly."""

from mail.models import Message


def told(template):
    """To whom one kind of message goes, in order."""
    found = Message.objects.filter(template=template)
    return sorted(found.values_list("to", flat=True))


def letter(template, to=None):
    """The one message of a kind, or the one to an address."""
    found = Message.objects.filter(template=template)
    return found.get(to=to) if to else found.get()


def kinds():
    """Which kinds there are."""
    return sorted(set(Message.objects.values_list("template", flat=True)))
