from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import ApiToken, User
from core.api.fields import ChoiceField, EmailField, TextField
from core.api.serializers import ExactMixin, ExactSerializer


class CodeRequestSerializer(ExactSerializer):
    email = EmailField(max_length=254)


class CodeSentSerializer(serializers.Serializer):
    detail = serializers.CharField()


class TokenWishSerializer(ExactSerializer):
    """What a token is to be."""

    name = TextField(max_length=100, allow_blank=True, default="")
    scope = ChoiceField(ApiToken.Scope.choices, default="write")
    expires_in_days = serializers.IntegerField(
        min_value=1, max_value=settings.TOKEN_LIFETIME.days, required=False
    )
    contest = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text=_("The id of the one contest to which the token is limited."),
    )

    def wish(self):
        """Name what services ask for: days become a lifetime."""
        values = dict(self.validated_data)
        days = values.pop("expires_in_days", None)
        return {**values, "lifetime": timedelta(days=days) if days else None}


class TokenRequestSerializer(TokenWishSerializer):
    email = EmailField(max_length=254)
    code = TextField(max_length=64, help_text=_("From the message or the invitation."))


class TokenSerializer(serializers.ModelSerializer):
    contest = serializers.UUIDField(source="contest_id", allow_null=True)

    class Meta:
        model = ApiToken
        fields = [
            *("id", "name", "scope", "contest"),
            *("created_at", "expires_at", "revoked_at"),
        ]
        read_only_fields = fields


class IssuedTokenSerializer(TokenSerializer):
    token = serializers.CharField(help_text=_("Told once; keep it."))

    class Meta(TokenSerializer.Meta):
        fields = ["token", *TokenSerializer.Meta.fields]
        read_only_fields = fields


class MeSerializer(ExactMixin, serializers.ModelSerializer):
    name = TextField(max_length=200, allow_blank=True)
    language = ChoiceField(settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["id", "email", "name", "language", "is_administrator"]
        read_only_fields = ["id", "email", "is_administrator"]
