"""The scale of a criterion. Pure: rulebooks and the ranking read scores by it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational


@dataclass(frozen=True, slots=True)
class Scale:
    """The values a juror may give: minimum, minimum + step, … maximum.

    A stored score is the number of steps counted from the minimum, so the minimum
    itself is 0 steps. Raises ValueError when the steps do not end at the maximum,
    TypeError for floats.
    """

    minimum: Fraction
    maximum: Fraction
    step: Fraction

    def __post_init__(self) -> None:
        """Refuse a scale that is empty or that its steps do not fill."""
        for field in ("minimum", "maximum", "step"):
            require_exact(f"Scale.{field}", getattr(self, field))
        if self.step <= 0:
            raise refusal("Scale.step", self.step, "above 0")
        if self.maximum <= self.minimum:
            raise refusal("Scale.maximum", self.maximum, f"above {self.minimum}")
        if (self.maximum - self.minimum) % self.step:
            allowed = f"{self.minimum} plus a whole number of steps of {self.step}"
            raise refusal("Scale.maximum", self.maximum, allowed)

    @property
    def steps(self) -> int:
        """The number of steps from the minimum to the maximum."""
        return int((self.maximum - self.minimum) / self.step)

    def value(self, steps: int) -> Fraction:
        """Return the value that lies `steps` steps above the minimum."""
        return Fraction(self.minimum + steps * self.step)

    def steps_of(self, value: Fraction | Decimal | int) -> int:
        """Return the number of steps of a value; ValueError when not on the scale."""
        finite = not isinstance(value, Decimal) or value.is_finite()
        steps = (Fraction(value) - self.minimum) / self.step if finite else None
        if steps is None or steps.denominator != 1 or not 0 <= steps <= self.steps:
            allowed = f"{self.minimum} to {self.maximum} in steps of {self.step}"
            raise refusal("score", value, allowed)
        return steps.numerator


def plain(number: Fraction) -> str:
    """Write a value of a scale with a point, as it is sent: „7.5“, „8“."""
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def refusal(field: str, received: object, allowed: str) -> ValueError:
    """Name the field, what came and what is allowed."""
    shown = str(received) if isinstance(received, Fraction) else repr(received)
    return ValueError(f"{field}: received {shown}, allowed: {allowed}")


def require_exact(field: str, value: object) -> None:
    """Refuse floats: they are not the numbers that people wrote."""
    if not isinstance(value, Rational):
        raise TypeError(f"{field}: received {value!r}, allowed: an int or a Fraction")
