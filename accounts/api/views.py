from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import codes, services
from accounts.api import serializers
from accounts.models import ApiToken
from core.api.throttling import ScopedThrottle
from core.api.viewsets import MatrixViewSet


class CodeView(APIView):
    permission_map = {"post": "accounts.request_code"}
    throttle_classes = [ScopedThrottle]
    throttle_scope = "sign_in"
    authentication_classes = []

    @extend_schema(
        summary="Ask for a sign-in code by e-mail",
        request=serializers.CodeRequestSerializer,
        responses={202: serializers.CodeSentSerializer},
    )
    def post(self, request):
        form = serializers.CodeRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        codes.send_code(**form.validated_data)
        text = _("If this address is known here, a code is on its way to it.")
        return Response({"detail": text}, status=status.HTTP_202_ACCEPTED)


class TokenView(APIView):
    permission_map = {"post": "accounts.redeem_code"}
    throttle_classes = [ScopedThrottle]
    throttle_scope = "sign_in"
    authentication_classes = []

    @extend_schema(
        summary="Exchange a code for a token",
        request=serializers.TokenRequestSerializer,
        responses={201: serializers.IssuedTokenSerializer},
    )
    def post(self, request):
        form = serializers.TokenRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return _told_once(services.redeem_code(**form.wish()))


class TokenViewSet(mixins.ListModelMixin, MatrixViewSet):
    """One's own tokens."""

    queryset = ApiToken.objects.none()
    serializer_class = serializers.TokenSerializer
    permission_map = {
        "list": "accounts.manage_tokens",
        "create": "accounts.add_token",
        "destroy": "accounts.manage_tokens",
    }
    judges_object = False

    def get_queryset(self):
        return ApiToken.objects.filter(person=self.request.user)

    @extend_schema(
        summary="Make a further token of your own, for one contest if you like",
        request=serializers.TokenWishSerializer,
        responses={201: serializers.IssuedTokenSerializer},
    )
    def create(self, request):
        form = serializers.TokenWishSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        wish = form.wish()
        issued = services.add_token(**wish, shown=request.auth, by=request.user)
        return _told_once(issued)

    @extend_schema(summary="End one of your tokens", responses={204: None})
    def destroy(self, request, pk):
        services.revoke_token(token_id=pk, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(APIView):
    permission_map = {"get": "accounts.view_self", "patch": "accounts.change_self"}

    @extend_schema(summary="Who you are", responses=serializers.MeSerializer)
    def get(self, request):
        return Response(serializers.MeSerializer(request.user).data)

    @extend_schema(
        summary="Change your name or language",
        request=serializers.MeSerializer,
        responses=serializers.MeSerializer,
    )
    def patch(self, request):
        form = serializers.MeSerializer(request.user, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        person = services.change_self(by=request.user, **form.validated_data)
        return Response(serializers.MeSerializer(person).data)


def _told_once(issued):
    row = serializers.TokenSerializer(issued.row).data
    return Response({"token": issued.text, **row}, status=status.HTTP_201_CREATED)
