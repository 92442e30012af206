"""Units in print and in UCUM."""

from __future__ import annotations

import re

from ingest.figure_readers import TIME

LAB = (
    r"(?:mm\s?Hg|cm\s?H2O|kPa|mg/dL|mg/dl|mg/L|mg/l|mmol/mol|mmol/L|mmol/l|nmol/L|pmol/L|[µμu]mol/[Ll]|g/dL|g/dl|g/L|g/l|"
    r"ng/mL|ng/ml|pg/mL|pg/ml|[µμ]g/L|[µμ]g/mL|m?I?U/mL|m?I?U/L|U/L|IU/L|kg/m2|kg/m²|kg/m\^2|g/cm2|g/cm²|kg|cm|mm|km|m"
    r"|percentage\spoints?|points?|letters|mL/min/1\.73\s?m2|mL/min/1\.73\s?m²|mL/min|ml/min|L/min|mL|ml|L|dB|bpm"
    r"|beats(?:/min|\sper\sminute)|cells/[µμ]L|cells/mm3|ms|msec|kcal|°C|diopters?|dioptres?|g"
    r"|(?:mL|ml|mg|g|[µμ]g|ng|kg|mmol|kcal|L)"
    r"(?:/(?:m2|m²|kg|minute|min|day|d|h|hr|L|dL|mL|s|year|week|mol|mmol|g)){1,2})(?![\w/])"
)
"""Units of what is measured in people."""
LAB_KEYS = (
    r"mm|mmhg|cm|cmh|kpa|mg|mmol|nmol|pmol|[µμu]?mol|g|ng|pg|[µμ]g|miu|iu|u|mu|kg|km|m|percentage|points?|letters|ml|l|db"
    r"|bpm|beats|cells|ms|msec|kcal|°|diopters?|dioptres?|[µμ]"
)
_TIME = {"y": "a", "mo": "mo", "w": "wk", "d": "d", "h": "h", "mi": "min", "s": "s"}
_UCUM = {
    "mm Hg": "mm[Hg]", "mmHg": "mm[Hg]", "cm H2O": "cm[H2O]", "cmH2O": "cm[H2O]", "bpm": "/min", "beats/min": "/min",
    "beats per minute": "/min", "kg/m²": "kg/m2", "kg/m^2": "kg/m2", "g/cm²": "g/cm2", "IU/L": "[IU]/L",
    "IU/mL": "[IU]/mL", "mIU/L": "m[IU]/L", "mIU/mL": "m[IU]/mL", "cells/mm3": "/mm3", "msec": "ms", "°C": "Cel",
    "mL/min/1.73 m2": "mL/min/{1.73_m2}", "mL/min/1.73 m²": "mL/min/{1.73_m2}", "diopter": "[diop]",
    "diopters": "[diop]", "dioptre": "[diop]", "dioptres": "[diop]", "percentage point": "%", "percentage points": "%",
}  # fmt: skip


def unit_of(printed: str | None) -> str | None:
    """UCUM for the units that are read, the printed unit where there is none; None for None.

    >>> unit_of("mm Hg"), unit_of("months"), unit_of("μmol/l"), unit_of("letters"), unit_of("per cent")
    ('mm[Hg]', 'mo', 'umol/L', 'letters', '%')
    """
    if printed is None:
        return None
    word = printed.strip()
    if re.fullmatch(r"%|percent|per\s?cent", word):
        return "%"
    if re.fullmatch(TIME, word):
        return next(ucum for start, ucum in _TIME.items() if word.startswith(start))
    plain = re.sub(r"[µμ]", "u", word)
    plain = _UCUM.get(word, re.sub(r"\bl\b|(?<=[/d])l$", "L", re.sub(r"(?<=m)l\b", "L", plain)))
    return re.sub(r"^cells/", "/", plain)
