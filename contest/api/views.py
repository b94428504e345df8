from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from contest import rulebook, services
from contest.api import people_serializers, serializers
from contest.api.filters import ContestFilter
from contest.models import Contest, Organiser, Series
from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from jobs.api.idempotency import IdempotentCreateMixin
from organisations.api.serializers import InvitationSerializer


@extend_schema_view(list=extend_schema(summary="List the organisers"))
class OrganiserViewSet(IdempotentCreateMixin, mixins.ListModelMixin, MatrixViewSet):
    queryset = Organiser.objects.all()
    serializer_class = serializers.OrganiserSerializer
    lookup_field = "slug"
    ordering_fields = ["slug"]
    secret_fields = ("code",)
    permission_map = {
        "list": "contest.view_organiser",
        "create": "contest.create_organiser",
        "retrieve": "contest.view_organiser",
        "partial_update": "contest.change_organiser",
        "members": "contest.add_organiser_member",
    }

    @extend_schema(summary="Open a tenant")
    def create(self, request):
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)

        def work():
            organiser = services.create_organiser(
                by=request.user, **form.validated_data
            )
            return Response(
                self.get_serializer(organiser).data, status=status.HTTP_201_CREATED
            )

        return self.idempotent(request, work)

    @extend_schema(summary="Show one organiser")
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        organiser = self.fetch(self.queryset.all(), slug=slug)
        return tagged(self.get_serializer(organiser).data, organiser.version)

    @extend_schema(
        summary="Change whom entrants call",
        request=serializers.OrganiserChangeSerializer,
        responses=serializers.OrganiserSerializer,
    )
    def partial_update(self, request, slug):
        organiser = self.fetch(self.queryset.all(), slug=slug)
        form = serializers.OrganiserChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        version = expected_version(request, values)
        changed = services.change_organiser(
            organiser=organiser, expected_version=version, by=request.user, **values
        )
        return tagged(self.get_serializer(changed).data, changed.version)

    @extend_schema(
        summary="Let a person create contests for the organiser",
        request=people_serializers.PersonInvitationSerializer,
        responses={201: InvitationSerializer},
    )
    def members(self, request, slug):
        organiser = self.fetch(self.queryset.all(), slug=slug)
        form = people_serializers.PersonInvitationSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def work():
            invitation = services.add_organiser_member(
                organiser=organiser, by=request.user, **form.validated_data
            )
            return Response(
                InvitationSerializer(invitation).data, status=status.HTTP_201_CREATED
            )

        return self.idempotent(request, work)


@extend_schema_view(list=extend_schema(summary="List the series"))
class SeriesViewSet(IdempotentCreateMixin, mixins.ListModelMixin, MatrixViewSet):
    queryset = Series.objects.real().select_related("organiser")
    serializer_class = serializers.SeriesSerializer
    ordering_fields = ["slug"]
    permission_map = {"list": "contest.view_organiser", "create": "contest.create_any"}

    @extend_schema(summary="Open a contest that comes back every year")
    def create(self, request):
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)

        def work():
            series = services.create_series(by=request.user, **form.validated_data)
            return Response(
                self.get_serializer(series).data, status=status.HTTP_201_CREATED
            )

        return self.idempotent(request, work)


@extend_schema_view(list=extend_schema(summary="List the contests you may see"))
class ContestViewSet(IdempotentCreateMixin, mixins.ListModelMixin, MatrixViewSet):
    queryset = Contest.objects.none()
    serializer_class = serializers.ContestSerializer
    filterset_class = ContestFilter
    lookup_field = "slug"
    ordering_fields = ["created_at", "slug", "opens_at"]
    permission_map = {
        "list": "contest.list",
        "create": "contest.create_any",
        "retrieve": "contest.view",
        "partial_update": "contest.change",
    }

    def get_queryset(self):
        return Contest.objects.with_course().visible_to(self.request.user)

    @extend_schema(
        summary="Create an edition from a rulebook or a template",
        request=serializers.ContestCreateSerializer,
        responses={201: serializers.ContestDetailSerializer},
    )
    def create(self, request):
        form = serializers.ContestCreateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        name = values.pop("rulebook_template", None)
        document = rulebook.template(name) if name else values.pop("rulebook")

        def work():
            contest = services.create_contest(
                rulebook_document=document, by=request.user, **values
            )
            return self._shown(contest, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="Show one contest", responses=serializers.ContestDetailSerializer
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        return self._shown(self.fetch(Contest.objects.with_course(), slug=slug))

    @extend_schema(
        summary="Change texts and dates",
        request=serializers.ContestChangeSerializer,
        responses=serializers.ContestDetailSerializer,
    )
    def partial_update(self, request, slug):
        contest = self.fetch(Contest.objects.with_course(), slug=slug)
        form = serializers.ContestChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        version = expected_version(request, values)
        changed = services.change_contest(
            contest=contest, expected_version=version, by=request.user, **values
        )
        return self._shown(changed)

    @staticmethod
    def _shown(contest, **kwargs):
        shown = serializers.ContestDetailSerializer(contest).data
        return tagged(shown, contest.version, **kwargs)


class TemplateViewSet(MatrixViewSet):
    """The rulebooks that come with Sumani."""

    queryset = Contest.objects.none()
    serializer_class = serializers.TemplateSerializer
    pagination_class = None
    filter_backends = []
    permission_map = {"list": "contest.list"}

    @extend_schema(
        summary="List the rulebook templates",
        responses=serializers.TemplateSerializer(many=True),
    )
    def list(self, request):  # noqa: ARG002 -- DRF's signature
        return Response(
            [
                {"name": name, "document": rulebook.template(name)}
                for name in rulebook.template_names()
            ]
        )
