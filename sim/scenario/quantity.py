"""One number that a user may set: its default, unit, ranges, role, meaning and source, said once."""

from typing import Any, Literal

from pydantic import Field

Role = Literal["constant", "uncertainty", "lever", "input"]
Range = tuple[float | None, float | None]

SOURCE_KINDS = ("data:", "literature:", "calibrated:", "assumption", "scenario")


def quantity(
    default: Any,
    meaning: str,
    *,
    unit: str,
    valid: Range,
    source: str,
    plausible: tuple[float, float] | None = None,
    role: Role = "uncertainty",
    symbol: str = "",
) -> Any:
    """Declare a number of a scenario.

    Parameters
    ----------
    default
        The value where nobody says otherwise; ``...`` makes the number required.
    meaning
        What it stands for, as a noun phrase that a reader of a slider understands.
    unit
        Unit as text; ``"1"`` for a pure number, ``"per week"`` for a rate.
    valid
        Lowest and highest value accepted; ``None`` leaves a side open. Outside it a scenario is refused.
    source
        Where the default comes from: begins with ``data:``, ``literature:``, ``calibrated:``,
        ``assumption`` or, for numbers that only a scenario can know, ``scenario``.
    plausible
        The range that sweeps and sliders use; the valid range where it is left out.
    role
        ``constant`` (fixed by definition), ``uncertainty`` (nature's), ``lever`` (policy's), ``input`` (the case's).
    symbol
        The letter that stands for it in the equations of the documents.

    Returns
    -------
    pydantic.fields.FieldInfo
        A field that validates the range and carries the rest as JSON Schema annotations.

    Raises
    ------
    ValueError
        If the source does not say what kind it is, or a range is upside down or not inside the valid one.
    """
    if not source.startswith(SOURCE_KINDS):
        raise ValueError(f"source {source!r} must begin with one of {', '.join(SOURCE_KINDS)}")
    low, high = valid
    if low is not None and high is not None and low > high:
        raise ValueError(f"valid range {valid} is upside down")
    if plausible is not None:
        inside = (low is None or plausible[0] >= low) and (high is None or plausible[1] <= high)
        if plausible[0] > plausible[1] or not inside:
            raise ValueError(f"plausible range {plausible} is upside down or leaves the valid range {valid}")
    annotations: dict[str, Any] = {
        "unit": unit,
        "plausible": plausible or valid,
        "role": role,
        "symbol": symbol,
        "source": source,
    }
    return Field(
        default,
        ge=low,
        le=high,
        allow_inf_nan=False,
        description=meaning,
        validate_default=True,
        json_schema_extra=annotations,
    )
