"""The people of one contest: its panel, coordinators, auditors, first entrants."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from contest import panel, services, staff, telephone
from contest.api import people_serializers as serializers
from contest.api.part_views import ContestPartViewSet
from contest.models import Auditor, Coordinator, Juror
from core import clock
from core.api.serializers import NothingSerializer
from core.policy import allows
from organisations.api.serializers import InvitationSerializer


class PeopleViewSet(ContestPartViewSet):
    """People of one contest, with addresses for those who write to them."""

    secret_fields = ("code",)
    filter_backends = []

    def shown(self, people, **kwargs):
        """Turn rows into the answer for this reader."""
        sees = allows(self.request.user, "contest.view_addresses", self.contest)
        context = {"with_addresses": sees}
        return self.get_serializer_class()(people, context=context, **kwargs).data

    def listed(self, people):
        """Answer with a page of them."""
        page = self.paginate_queryset(people)
        return self.get_paginated_response(self.shown(page, many=True))


class JurorViewSet(PeopleViewSet):
    serializer_class = serializers.JurorSerializer
    permission_map = {
        "list": "contest.view_jurors",
        "retrieve": "contest.view_jurors",
        "create": "contest.invite_juror",
        "invite": "contest.invite_juror",
        "role": "contest.change_juror",
        "activate": "contest.activate_substitute",
        "remove": "contest.remove_juror",
        "restore": "contest.remove_juror",
    }

    @extend_schema(summary="List the panel")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        return self.listed(self.contest.jurors.with_invitation(clock.now()))

    @extend_schema(summary="Show one seat of the panel")
    def retrieve(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        return Response(self._seat(self._juror(pk)))

    @extend_schema(
        summary="Invite a juror; the one-time code is told once",
        request=serializers.JurorInvitationSerializer,
        responses={201: serializers.InvitedJurorSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.JurorInvitationSerializer)

        def work():
            juror, invitation = panel.invite_juror(
                contest=self.contest, by=request.user, **values
            )
            return {**self._seat(juror), "code": invitation.code}

        return self.created(work)

    @extend_schema(
        summary="Invite again, or for the first time where the seat was planned",
        request=None,
        responses={201: serializers.InvitedJurorSerializer},
    )
    def invite(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        juror = self._juror(pk)
        self.read(NothingSerializer)
        juror, invitation = panel.invite_again(juror=juror, by=request.user)
        return Response(
            {**self._seat(juror), "code": invitation.code},
            status=status.HTTP_201_CREATED,
        )

    @extend_schema(
        summary="Give a juror another role, with a reason",
        request=serializers.RoleSerializer,
        responses=serializers.JurorSerializer,
    )
    def role(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        juror, values = self._juror(pk), self.read(serializers.RoleSerializer)
        done = panel.change_role(juror=juror, by=request.user, **values)
        return Response(self._seat(done))

    @extend_schema(
        summary="Let a substitute vote from now on, with a reason",
        request=serializers.ActivationSerializer,
        responses=serializers.JurorSerializer,
    )
    def activate(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        juror, values = self._juror(pk), self.read(serializers.ActivationSerializer)
        done = panel.activate_substitute(juror=juror, by=request.user, **values)
        return Response(self._seat(done))

    @extend_schema(
        summary="Remove a juror, and say whether the scores go on counting",
        request=serializers.RemovalSerializer,
        responses=serializers.JurorSerializer,
    )
    def remove(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        juror, values = self._juror(pk), self.read(serializers.RemovalSerializer)
        done = panel.remove_juror(
            juror=juror,
            reason=values["reason"],
            exclude_scores=values["scores"] == "exclude",
            by=request.user,
        )
        return Response(self._seat(done))

    @extend_schema(
        summary="Give a removed juror the seat back, with a reason",
        request=serializers.GivenReasonSerializer,
        responses=serializers.JurorSerializer,
    )
    def restore(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        juror, values = self._juror(pk), self.read(serializers.GivenReasonSerializer)
        done = panel.restore_juror(juror=juror, by=request.user, **values)
        return Response(self._seat(done))

    def _juror(self, pk):
        return self.part(Juror.objects.all(), pk)

    def _seat(self, juror):
        return self.shown(Juror.objects.with_invitation(clock.now()).get(pk=juror.pk))


class CoordinatorViewSet(PeopleViewSet):
    serializer_class = serializers.CoordinatorSerializer
    permission_map = {
        "list": "contest.view_coordinators",
        "create": "contest.add_coordinator",
        "remove": "contest.remove_coordinator",
    }

    @extend_schema(summary="List the coordinators")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        return self.listed(self.contest.coordinators.select_related("person"))

    @extend_schema(
        summary="Let a person run the edition",
        request=serializers.PersonInvitationSerializer,
        responses={201: InvitationSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.PersonInvitationSerializer)

        def work():
            invitation = staff.add_coordinator(
                contest=self.contest, by=request.user, **values
            )
            return InvitationSerializer(invitation).data

        return self.created(work)

    @extend_schema(
        summary="Take the edition out of a coordinator's hands, with a reason",
        request=serializers.GivenReasonSerializer,
        responses={204: None},
    )
    def remove(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        coordinator = self.part(Coordinator.objects.select_related("person"), pk)
        values = self.read(serializers.GivenReasonSerializer)
        staff.remove_coordinator(coordinator=coordinator, by=request.user, **values)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AuditorViewSet(PeopleViewSet):
    serializer_class = serializers.AuditorSerializer
    permission_map = {
        "list": "contest.view_auditors",
        "create": "contest.add_auditor",
        "end": "contest.end_auditor",
    }

    @extend_schema(summary="List who may or might look into the edition")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        return self.listed(self.contest.auditors.select_related("person"))

    @extend_schema(
        summary="Let a person read the edition for a time, with a reason",
        request=serializers.AuditorInvitationSerializer,
        responses={201: serializers.InvitedAuditorSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.AuditorInvitationSerializer)

        def work():
            auditor, invitation = staff.add_auditor(
                contest=self.contest, by=request.user, **values
            )
            return {**self.shown(auditor), "code": invitation.code}

        return self.created(work)

    @extend_schema(
        summary="End an audit before its day, with a reason",
        request=serializers.GivenReasonSerializer,
        responses=serializers.AuditorSerializer,
    )
    def end(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        auditor = self.part(Auditor.objects.select_related("person"), pk)
        values = self.read(serializers.GivenReasonSerializer)
        done = staff.end_auditor(auditor=auditor, by=request.user, **values)
        return Response(self.shown(done))


class FirstRepresentativeViewSet(ContestPartViewSet):
    secret_fields = ("code",)
    permission_map = {"create": "contest.invite_first_representative"}

    @extend_schema(
        summary="Invite the first representative of an organisation",
        request=serializers.FirstRepresentativeSerializer,
        responses={201: InvitationSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.FirstRepresentativeSerializer)

        def work():
            invitation = services.invite_first_representative(
                contest=self.contest, by=request.user, **values
            )
            return InvitationSerializer(invitation).data

        return self.created(work)


class TelephoneCodeViewSet(ContestPartViewSet):
    secret_fields = ("code",)
    permission_map = {"create": "contest.give_telephone_code"}

    @extend_schema(
        summary="Give a known representative a sign-in code by telephone",
        request=serializers.TelephoneCodeRequestSerializer,
        responses={201: serializers.TelephoneCodeSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.TelephoneCodeRequestSerializer)

        def work():
            given = telephone.give_telephone_code(
                contest=self.contest, by=request.user, **values
            )
            return serializers.TelephoneCodeSerializer(given).data

        return self.created(work)
