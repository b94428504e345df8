import django_filters

from organisations.countries import county_members
from organisations.models import Claim, Organisation


class OrganisationFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="find",
        help_text="Words of the name or codes, former ones too; accents do not matter.",
    )
    mine = django_filters.BooleanFilter(
        method="represented", help_text="Only those that you represent."
    )
    code = django_filters.CharFilter(
        method="coded", help_text="The code it has or had."
    )
    county = django_filters.CharFilter(
        method="in_county", help_text="A county's code, such as LT-SA."
    )

    class Meta:
        model = Organisation
        fields = [
            "kind",
            "legal_form",
            "municipality",
            "action_group",
            "code_state",
            "country",
        ]

    def find(self, queryset, _name, value):
        return queryset.found_by(value)

    def represented(self, queryset, _name, value):
        return queryset.represented_by(self.request.user) if value else queryset

    def coded(self, queryset, _name, value):
        return queryset.coded(value)

    def in_county(self, queryset, _name, value):
        return queryset.filter(municipality__in=county_members(value))


class ClaimFilter(django_filters.FilterSet):
    class Meta:
        model = Claim
        fields = ["state"]
