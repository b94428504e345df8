from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import ApiToken, User
from core.api.fields import ChoiceField, EmailField, TextField


class CodeRequestSerializer(serializers.Serializer):
    email = EmailField(max_length=254)


class CodeSentSerializer(serializers.Serializer):
    detail = serializers.CharField()


class TokenRequestSerializer(serializers.Serializer):
    email = EmailField(max_length=254)
    code = TextField(max_length=64, help_text=_("From the message or the invitation."))
    name = TextField(max_length=100, allow_blank=True, default="")
    scope = ChoiceField(ApiToken.Scope.choices, default="write")
    expires_in_days = serializers.IntegerField(
        min_value=1, max_value=settings.TOKEN_LIFETIME.days, required=False
    )


class TokenSerializer(serializers.ModelSerializer):
    class Meta:
        model = ApiToken
        fields = ["id", "name", "scope", "created_at", "expires_at", "revoked_at"]
        read_only_fields = fields


class IssuedTokenSerializer(TokenSerializer):
    token = serializers.CharField(help_text=_("Told once; keep it."))

    class Meta(TokenSerializer.Meta):
        fields = ["token", *TokenSerializer.Meta.fields]
        read_only_fields = fields


class MeSerializer(serializers.ModelSerializer):
    name = TextField(max_length=200, allow_blank=True)
    language = ChoiceField(settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["id", "email", "name", "language", "is_administrator"]
        read_only_fields = ["id", "email", "is_administrator"]
