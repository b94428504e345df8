"""What hangs on one contest, and how it is judged: its rulebook, acts, deadline."""

from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from accounts.models import User
from contest import course
from contest.api import serializers
from contest.models import Act, Contest
from contest.phases import ActKind
from contest.rules import with_roles_of
from core import clock
from core.api.viewsets import MatrixViewSet
from core.errors import NotYours
from core.prepared import Prepared
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
            self._contest = self.judged_row(self._found())
        return self._contest

    def _found(self):
        slug, person, now = self.kwargs["slug"], self.request.user, clock.now()
        if not person.is_authenticated:
            return self.contests(person, at=now).filter(slug=slug).first()
        contest = _prepared(type(self)).one(slug=slug, person=person.pk, at=now)
        if contest is not None:
            contest.keep_course()
        return contest

    @classmethod
    def contests(cls, person, *, at):
        """All contests, with what the judgement of a person will ask."""
        return with_roles_of(Contest.objects.with_course(), person, at=at)

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
        return super().read(serializer_class, **kwargs)


@cache
def _prepared(views):
    """Prepare what a class of views asks first, for whoever is signed in."""

    def contests(slug, person, at):
        found = views.contests(User(pk=person), at=at).filter(slug=slug)
        return found.prefetch_related(None).order_by()

    return Prepared(contests, slug=str, person=UUID, at=datetime)


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
                confirmed=values["confirmed"],
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
