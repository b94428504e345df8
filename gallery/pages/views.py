from contest.models import Contest
from core import clock
from core.pages.views import Page


class HomePage(Page):
    """The first page: the contests that a person may know of, newest first."""

    permission_map = {"get": "contest.list"}
    template_name = "gallery/home.html"

    def get_context_data(self, **kwargs):
        now = clock.now()
        seen = Contest.objects.visible_to(self.request.user).with_course()
        contests = [(contest, contest.state_at(now)) for contest in seen]
        return super().get_context_data(contests=contests, **kwargs)
