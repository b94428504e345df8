"""The order of rows of the rules: what jurors, entrants and the public see first."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.order_forms import OrderForm
from contest.pages.rules_views import PartPage
from core.errors import NotYours, Stale

_ACTS = ("up", "down", "out", "back")
# By the word in the address: the part of the rules, and the heading of its page.
_PARTS = {
    "criteria": ("criteria", gettext_lazy("Order of the criteria")),
    "nominations": ("nominations", gettext_lazy("Order of the nominations")),
    "requirements": ("eligibility", gettext_lazy("Order of the requirements")),
}


class OrderedPage(PartPage):
    """The order; what is moved or taken out waits on the page until it is saved."""

    form_class = OrderForm
    part: str  # of the rules' document

    def which(self):
        return {"part": self.part}

    def save(self, form):
        for name in _ACTS:
            if name in self.request.POST:
                form.act(name, self.request.POST[name])
                return self.answer(form)
        number = form.cleaned_data["version"]
        try:
            return super().save(form)
        except Stale:
            if seen := self.contest.rulebooks.filter(number=number).first():
                form.spare_unseen(seen.document)
            raise


class OrderPage(OrderedPage):
    """Criteria, nominations or requirements, in the order in which all see them."""

    template_name = "contest/order.html"

    @property
    def heading(self):
        return self._known()[1]

    @property
    def intro(self):
        return _("Everybody sees them in this order: on pages, sheets and in files.")

    @property
    def part(self):
        return self._known()[0]

    def _known(self):
        if found := _PARTS.get(self.kwargs["part"]):
            return found
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
