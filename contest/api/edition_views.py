"""The face of an edition and its course: logos, the timetable, next year's clone."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from contest import cloning, logos, rulebook, timetable
from contest.api import edition_serializers, serializers
from contest.api.part_views import ContestPartViewSet
from contest.models import ContestLogo, Organiser
from core import clock
from core.api.parsers import StrictJSONParser
from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from core.errors import Invalid, NotYours, TooLarge

_SLACK = 4096  # bytes around the file in a multipart body
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_PICTURE = {(200, "image/*"): OpenApiTypes.BINARY}


class LogoParser(MultiPartParser):
    """A form with one small file; a larger body is refused before it is read."""

    def parse(self, stream, media_type=None, parser_context=None):
        request = parser_context["request"]
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > logos.MAX_BYTES + _SLACK:
            raise _too_large()
        return super().parse(stream, media_type, parser_context)


class PictureMixin:
    """Take pictures in and give them out."""

    parser_classes = [LogoParser, StrictJSONParser]

    def perform_content_negotiation(self, request, force=False):  # noqa: ARG002, FBT002 -- DRF's signature
        """Answer a browser that asks for pictures only."""
        return super().perform_content_negotiation(request, force=True)

    @staticmethod
    def sent_file(data):
        """Read the file of the form."""
        form = edition_serializers.LogoFileSerializer(data=data)
        form.is_valid(raise_exception=True)
        file = form.validated_data["file"]
        if file.size > logos.MAX_BYTES:
            raise _too_large()
        return file.read()

    @staticmethod
    def as_file(picture, name):
        """Give a picture out so that no browser takes it for anything else."""
        response = HttpResponse(
            bytes(picture.content), content_type=picture.content_type
        )
        extension = _EXTENSIONS[picture.content_type]
        response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "private, max-age=300"
        response["ETag"] = f'"{picture.sha256}"'
        return response


class OrganiserLogoViewSet(PictureMixin, MatrixViewSet):
    """The one logo of an organiser."""

    queryset = Organiser.objects.none()
    serializer_class = edition_serializers.LogoFileSerializer
    judges_object = True
    permission_map = {
        "retrieve": "contest.view_organiser",
        "update": "contest.change_organiser",
        "destroy": "contest.change_organiser",
    }

    @extend_schema(summary="Fetch the organiser's logo", responses=_PICTURE)
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        organiser = self._organiser(slug)
        if organiser.logo is None:
            raise NotYours(_("This organiser has no logo."))
        return self.as_file(organiser.logo, organiser.slug)

    @extend_schema(
        summary="Give the organiser a logo",
        request={"multipart/form-data": edition_serializers.LogoFileSerializer},
        responses=serializers.OrganiserSerializer,
    )
    def update(self, request, slug):
        organiser = self._organiser(slug)
        changed = logos.set_organiser_logo(
            organiser=organiser, content=self.sent_file(request.data), by=request.user
        )
        return Response(serializers.OrganiserSerializer(changed).data)

    @extend_schema(summary="Take the organiser's logo away", responses={204: None})
    def destroy(self, request, slug):
        organiser = self._organiser(slug)
        logos.remove_organiser_logo(organiser=organiser, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _organiser(self, slug):
        return self.fetch(Organiser.objects.select_related("logo"), slug=slug)


class ContestLogoViewSet(PictureMixin, ContestPartViewSet):
    """The logos of an edition, in their order."""

    serializer_class = serializers.LogoSerializer
    filter_backends = []
    permission_map = {
        "list": "contest.view",
        "file": "contest.view",
        "create": "contest.change",
        "partial_update": "contest.change",
        "destroy": "contest.change",
    }

    @extend_schema(summary="List the logos of an edition")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(self.contest.logos.shown())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Add a logo; the same picture is added once",
        request={"multipart/form-data": edition_serializers.LogoFileSerializer},
        responses={201: serializers.LogoSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        contest = self.contest
        logo = logos.add_logo(
            contest=contest, content=self.sent_file(request.data), by=request.user
        )
        shown = self.get_serializer(logo).data
        return tagged(shown, logo.version, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change the words or the place of a logo",
        request={"application/json": edition_serializers.LogoChangeSerializer},
        responses=serializers.LogoSerializer,
    )
    def partial_update(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        logo = self.part(ContestLogo.objects.shown(), pk)
        values = self.read(edition_serializers.LogoChangeSerializer, partial=True)
        version = expected_version(request, values)
        changed = logos.change_logo(
            logo=logo, expected_version=version, by=request.user, **values
        )
        return tagged(self.get_serializer(changed).data, changed.version)

    @extend_schema(summary="Take a logo off the edition", responses={204: None})
    def destroy(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        logo = self.part(ContestLogo.objects.shown(), pk)
        logos.remove_logo(logo=logo, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(summary="Fetch a logo", responses=_PICTURE)
    def file(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        logo = self.part(ContestLogo.objects.select_related("picture"), pk)
        return self.as_file(logo.picture, f"{slug}-{logo.position}")


class TimetableViewSet(ContestPartViewSet):
    """What happens next, and when."""

    serializer_class = edition_serializers.CourseSerializer
    filter_backends = []
    permission_map = {
        "retrieve": "contest.view_timetable",
        "partial_update": "contest.change_reminders",
    }

    @extend_schema(summary="What happens next, when, and where dates and rules differ")
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        return self._shown(self.contest)

    @extend_schema(
        summary="Set the dates that remind of judging and results",
        request=edition_serializers.RemindersSerializer,
    )
    def partial_update(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(edition_serializers.RemindersSerializer)
        version = expected_version(request, values)
        changed = timetable.change_reminders(
            contest=self.contest, expected_version=version, by=request.user, **values
        )
        return self._shown(changed)

    def _shown(self, contest):
        now = clock.now()
        rules = rulebook.read(contest.rules_in_force.document)
        shown = self.get_serializer(
            {
                "contest": contest.slug,
                "phase": contest.state_at(now).phase,
                "time_zone": contest.time_zone,
                "now": now,
                "next": timetable.next_steps(contest, now),
                "warnings": timetable.timetable_warnings(contest, rules, now),
                "version": contest.version,
            }
        )
        return tagged(shown.data, contest.version)


class CloneViewSet(ContestPartViewSet):
    """Next year's edition from this one."""

    serializer_class = edition_serializers.CloneSerializer
    permission_map = {"create": "contest.clone", "preview": "contest.clone"}

    @extend_schema(
        summary="Make the next edition from this one, without entries and scores",
        responses={201: serializers.ContestDetailSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        source, wishes = self.contest, self._wishes()

        def work():
            made = cloning.clone(contest=source, wishes=wishes, by=request.user)
            shown = serializers.ContestDetailSerializer(made).data
            return tagged(shown, made.version, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="List in what the next edition would differ; nothing is made",
        responses=edition_serializers.PlanSerializer,
    )
    def preview(self, request, slug):
        source, wishes = self.contest, self._wishes()
        planned = cloning.plan(contest=source, wishes=wishes, by=request.user)
        found = {"source": slug, "differences": planned.differences}
        return Response(edition_serializers.PlanSerializer(found).data)

    def _wishes(self):
        form = self.get_serializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.wishes()


def _too_large():
    limit = logos.MAX_BYTES // 1024
    message = _("The picture is too large; a logo has at most {limit} KB.").format(
        limit=limit
    )
    return TooLarge(message, errors=Invalid.field("file", message).errors)
