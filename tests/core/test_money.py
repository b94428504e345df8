import re
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.localized import localized_money
from core.money import REASONS, parse_money
from organisations.countries import country

SENTENCES = "|".join(map(re.escape, REASONS))


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("18 407,00", "18407.00"),
        ("18\u00a0407,00", "18407.00"),
        ("18\u2009407,5", "18407.50"),
        ("18\u202f407", "18407.00"),
        ("18407.00", "18407.00"),
        ("18.407,00", "18407.00"),
        ("18,407.00", "18407.00"),
        ("1 234 567,89", "1234567.89"),
        ("1.234.567", "1234567.00"),
        (" 0,01 ", "0.01"),
        ("-5", "-5.00"),
        ("\u22125,10", "-5.10"),
    ],
)
def test_amounts_are_read_as_they_are_written(written, amount):
    assert parse_money(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "-", ",", "5,", ",5", "1e3", "NaN", "Infinity", "٣"),
        *("18,407", "18.407", "1 84,00", "18 40,00", "1 234.567,00 Eur", "1,2,3"),
        *("18 407.000", "1.234,567.00", "1 234.567", "5,001", "12,345,67"),
    ],
)
def test_what_could_be_read_in_two_ways_is_no_amount(written):
    with pytest.raises(ValueError, match=SENTENCES):
        parse_money(written)


@given(st.decimals("0", "9999999999.99", places=2))
def test_every_amount_printed_the_lithuanian_way_is_read_back(amount):
    printed = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")

    assert parse_money(printed) == amount


@pytest.mark.parametrize(
    ("language", "currency", "expected"),
    [
        ("lt", "EUR", "18_407,00_Eur"),
        ("lt", "PLN", "18_407,00_PLN"),
        ("en", "EUR", "€18,407.00"),
        ("en", "PLN", "PLN_18,407.00"),
    ],
)
def test_an_amount_is_written_in_the_readers_language(language, currency, expected):
    with override(language):
        written = localized_money(Decimal(18407), currency)

    assert written == expected.replace("_", "\u00a0")


def test_lithuanian_text_writes_amounts_as_the_country_does():
    with override("lt"):
        written = localized_money(Decimal("1234567.5"), "EUR")

    assert written == country("LT").format_money(Decimal("1234567.5"))
