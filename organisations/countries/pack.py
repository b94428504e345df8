"""The shape of a country pack. Pure: no Django."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the territory: a county, or a municipality with its county."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class CountryPack:
    """Territory (two levels), action groups and the checks of a country.

    ``organisation_code_is_valid`` judges an organisation's registration code;
    ``project_number`` and ``measure`` are patterns that warn, never block.
    """

    code: str
    currency: str
    counties: Mapping[str, Place]
    municipalities: Mapping[str, Place]
    action_groups: tuple[str, ...]
    organisation_code_is_valid: Callable[[str], bool]
    organisation_code_rule: str
    project_number: re.Pattern[str]
    measure: re.Pattern[str]

    def county_of(self, municipality: str) -> Place | None:
        """Find the county of a municipality's code."""
        place = self.municipalities.get(municipality)
        return self.counties.get(place.parent) if place else None
