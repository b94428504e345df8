"""What was written in a contest's name: what became of it, and reminders."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from core.api.serializers import NothingSerializer
from mail.models import Message
from mail.selectors import messages_of
from scoring import reminding
from scoring.api import message_serializers as serializers
from scoring.rules import Results, with_interest_of


class MessagePartViewSet(ContestPartViewSet):
    """Judged as the results are: a reminder tells who has not sent what."""

    filter_backends = []

    @classmethod
    def contests(cls, person, *, at):
        return with_interest_of(super().contests(person, at=at), person)

    def judged(self, contest):
        return Results(contest)


class MessageViewSet(MessagePartViewSet):
    queryset = Message.objects.none()
    serializer_class = serializers.MessageSerializer
    permission_map = {
        "list": "scoring.view_messages",
        "retry": "scoring.retry_message",
    }

    @extend_schema(summary="List the contest's messages, the undelivered first")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(messages_of(self.contest.pk))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Send a message again that did not arrive",
        request=None,
        responses=serializers.MessageSerializer,
    )
    def retry(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        self.read(NothingSerializer)
        queued = reminding.retry_message(
            contest=self.contest, message_id=pk, by=request.user
        )
        return Response(self.get_serializer(queued).data)


class ReminderViewSet(MessagePartViewSet):
    """One kind of reminder: GET shows what POST would send."""

    whom = ""

    @extend_schema(
        summary="To how many a reminder would go, and how it reads",
        responses=serializers.PreviewSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        shown = reminding.preview_reminder(
            contest=self.contest, whom=self.whom, by=request.user
        )
        return Response(serializers.PreviewSerializer(shown).data)

    @extend_schema(
        summary="Send the reminder; an address is reminded once a day",
        request=None,
        responses={200: serializers.RemindedSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        self.read(NothingSerializer)
        sent = reminding.remind(contest=self.contest, whom=self.whom, by=request.user)
        return Response(serializers.RemindedSerializer(sent).data)


class EntrantReminderViewSet(ReminderViewSet):
    whom = reminding.ENTRANTS
    permission_map = {
        "retrieve": "scoring.remind_entrants",
        "create": "scoring.remind_entrants",
    }


class JurorReminderViewSet(ReminderViewSet):
    whom = reminding.JURORS
    permission_map = {
        "retrieve": "scoring.remind_jurors",
        "create": "scoring.remind_jurors",
    }
