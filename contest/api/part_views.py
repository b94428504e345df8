"""What hangs on one contest, and how it is judged: its rulebook, acts, deadline."""

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from contest import course, services
from contest.api import rulebook_serializers, serializers
from contest.models import Act, Contest
from contest.phases import ActKind
from contest.rules import with_roles_of
from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from core.errors import Invalid, NotYours
from jobs.api.idempotency import IdempotentCreateMixin


class ContestPartViewSet(IdempotentCreateMixin, MatrixViewSet):
    """Something of one contest, judged against that contest."""

    judges_object = True
    queryset = Contest.objects.none()
    ordering_fields = []

    @property
    def contest(self):
        """The contest of the address, once the matrix allows the request."""
        if not hasattr(self, "_contest"):
            self._contest = self.fetch(self.contests(), slug=self.kwargs["slug"])
        return self._contest

    def contests(self):
        """All contests, with what the judgement will ask."""
        return with_roles_of(Contest.objects.with_course(), self.request.user)

    def check_object_permissions(self, request, obj):
        super().check_object_permissions(request, self.judged(obj))

    def judged(self, contest):
        """What of the contest the matrix is asked about: the contest itself."""
        return contest

    def part(self, queryset, pk):
        """Get a row of the contest, once the matrix allows the request."""
        found = queryset.filter(contest=self.contest, pk=pk).first()
        if found is None:
            raise NotYours(
                _("There is nothing at this address, or it is not yours to see.")
            )
        return found

    def created(self, work):
        """Answer 201 with what ``work()`` returns, once per idempotency key."""
        return self.idempotent(
            self.request,
            lambda: Response(work(), status=status.HTTP_201_CREATED),
        )

    def read(self, serializer_class, **kwargs):
        """Validate the body, after the permission was judged."""
        _contest = self.contest
        form = serializer_class(data=self.request.data, **kwargs)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)


class RulebookViewSet(ContestPartViewSet):
    permission_map = {
        "retrieve": "contest.view",
        "update": "contest.change_rulebook",
    }
    filter_backends = []

    @extend_schema(
        summary="Show the rulebook, or an earlier version of it",
        parameters=[OpenApiParameter("version", OpenApiTypes.INT)],
        responses=rulebook_serializers.RulebookSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        versions = self.contest.rulebooks.all()
        if (wanted := request.query_params.get("version")) is not None:
            versions = versions.filter(number=_small_number(wanted))
        version = versions.first()
        if version is None:
            raise NotYours(_("The rulebook has no such version."))
        return self._shown(version)

    @extend_schema(
        summary="Make the next version of the rulebook",
        request=rulebook_serializers.RulebookChangeSerializer,
        responses=rulebook_serializers.RulebookSerializer,
    )
    def update(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(rulebook_serializers.RulebookChangeSerializer)
        version = expected_version(request, values)
        made = services.change_rulebook(
            contest=self.contest, expected_version=version, by=request.user, **values
        )
        return self._shown(made)

    @staticmethod
    def _shown(version):
        shown = rulebook_serializers.RulebookSerializer(version).data
        return tagged(shown, version.number)


class ActViewSet(ContestPartViewSet):
    queryset = Act.objects.none()
    serializer_class = serializers.ActSerializer
    permission_map = {"list": "contest.view_acts", "create": "contest.record_act"}
    filter_backends = []

    @extend_schema(summary="List what was done to the course of the contest")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(self.contest.acts.all())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Announce, open or close judging, publish, archive",
        request=serializers.ActRequestSerializer,
        responses={201: serializers.ActSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.ActRequestSerializer)

        def work():
            act = course.record_act(
                contest=self.contest,
                kind=ActKind(values["kind"]),
                reason=values["reason"],
                by=request.user,
            )
            return self.get_serializer(act).data

        return self.created(work)


class DeadlineViewSet(ContestPartViewSet):
    serializer_class = serializers.ActSerializer
    permission_map = {"create": "contest.move_deadline"}

    @extend_schema(
        summary="Move the deadline for all, with a reason",
        request=serializers.DeadlineSerializer,
        responses={201: serializers.ActSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.DeadlineSerializer)

        def work():
            act = course.move_deadline(contest=self.contest, by=request.user, **values)
            return self.get_serializer(act).data

        return self.created(work)


def _small_number(text):
    if not text.isascii() or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 -- fits every integer column
        raise Invalid.field(
            "version",
            _("A version is a whole number from 1 up."),
            received=text,
        )
    return int(text)
