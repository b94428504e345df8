import django_filters

from organisations.models import Organisation


class OrganisationFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        method="find", help_text="Words of the name, with or without accents."
    )
    mine = django_filters.BooleanFilter(
        method="represented", help_text="Only those that you represent."
    )

    class Meta:
        model = Organisation
        fields = ["code", "kind", "municipality", "country"]

    def find(self, queryset, _name, value):
        return queryset.found_by(value)

    def represented(self, queryset, _name, value):
        return queryset.represented_by(self.request.user) if value else queryset
