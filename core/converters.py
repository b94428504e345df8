"""What a part of an address may be, where Django's own converters take too much."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A whole number that fits every integer column: a longer one is no address."""

    regex = "[0-9]{1,9}"


register_converter(NumberConverter, "number")
