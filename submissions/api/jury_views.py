"""What a panel declares and is granted: conflicts, signatures, more time."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from core.errors import NotYours
from submissions import conflicts, jury
from submissions.api import assignment_serializers as serializers
from submissions.api.assignment_views import ASSIGNMENT_RELATED
from submissions.api.filters import ConflictFilter
from submissions.models import Assignment, JurorExtension, Submission
from submissions.selectors import conflict_candidates, visible_assignments


class ConflictCandidateViewSet(ContestPartViewSet):
    """The titles of what was entered, so that jurors step back in time."""

    queryset = Submission.objects.none()
    serializer_class = serializers.ConflictCandidateSerializer
    filter_backends = []
    permission_map = {
        "list": "submissions.view_conflict_candidates",
        "create": "submissions.state_conflict",
    }

    @extend_schema(summary="List the titles of the entries, to declare conflicts")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        entries = conflict_candidates(self.contest, request.user)
        page = self.paginate_queryset(entries)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Declare your conflict of interest with an entry, assigned or not",
        request=serializers.OwnConflictSerializer,
        responses={201: serializers.AssignmentSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.OwnConflictSerializer)

        def work():
            declared = conflicts.state_conflict(
                contest=self.contest,
                submission_id=values["submission"],
                reason=values["reason"],
                by=request.user,
            )
            return _shown(declared)

        return self.created(work)


class ConflictViewSet(ContestPartViewSet):
    """The conflicts of interest of a contest, for the coordinator."""

    queryset = Assignment.objects.none()
    serializer_class = serializers.AssignmentSerializer
    filterset_class = ConflictFilter
    permission_map = {
        "list": "submissions.view_assignments",
        "create": "submissions.record_conflict",
    }

    @extend_schema(summary="List the conflicts of interest")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        found = visible_assignments(request.user).in_conflict()
        found = found.filter(submission__contest=self.contest)
        listed = self.filter_queryset(found.select_related(*ASSIGNMENT_RELATED))
        page = self.paginate_queryset(listed)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Write down a juror's conflict of interest on the juror's behalf",
        request=serializers.RecordedConflictSerializer,
        responses={201: serializers.AssignmentSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.RecordedConflictSerializer)

        def work():
            recorded = conflicts.record_conflict(
                contest=self.contest,
                submission_id=values["submission"],
                juror_id=values["juror"],
                reason=values["reason"],
                confirmed=values["confirmed"],
                by=request.user,
            )
            return _shown(recorded)

        return self.created(work)


class DeclarationViewSet(ContestPartViewSet):
    """A juror's own declaration of impartiality and confidentiality."""

    filter_backends = []
    permission_map = {
        "retrieve": "submissions.sign_declaration",
        "create": "submissions.sign_declaration",
    }

    @extend_schema(
        summary="Show the declaration of impartiality, and whether you signed it",
        responses=serializers.DeclarationSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        signed = jury.declaration_of(self.contest, request.user)
        shown = {**jury.declaration_text()._asdict(), "signed": signed}
        return Response(serializers.DeclarationSerializer(shown).data)

    @extend_schema(
        summary="Sign the declaration of impartiality with your name",
        request=serializers.SignSerializer,
        responses={201: serializers.SignatureSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.SignSerializer)

        def work():
            signed = jury.sign_declaration(
                contest=self.contest, by=request.user, **values
            )
            return serializers.SignatureSerializer(signed).data

        return self.created(work)


class JurorExtensionViewSet(ContestPartViewSet):
    """More time for one juror after judging was closed."""

    queryset = JurorExtension.objects.none()
    serializer_class = serializers.JurorExtensionSerializer
    filter_backends = []
    permission_map = {
        "list": "submissions.view_juror_extensions",
        "create": "submissions.extend_juror",
    }

    @extend_schema(summary="List the extensions of a juror, the last one first")
    def list(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(self._juror(pk).extensions.all())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Let one juror score after judging was closed, until a time",
        request=serializers.ExtendJurorSerializer,
        responses={201: serializers.JurorExtensionSerializer},
    )
    def create(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        juror = self._juror(pk)
        values = self.read(serializers.ExtendJurorSerializer)

        def work():
            granted = jury.extend_juror(juror=juror, by=request.user, **values)
            return self.get_serializer(granted).data

        return self.created(work)

    def _juror(self, pk):
        juror = self.contest.jurors.filter(pk=pk).first()
        if juror is None:
            raise NotYours(_("The contest has no such juror on its panel."))
        return juror


def _shown(assignment):
    related = Assignment.objects.select_related(*ASSIGNMENT_RELATED)
    return serializers.AssignmentSerializer(related.get(pk=assignment.pk)).data
