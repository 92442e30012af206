"""A drawing of how confidence agrees with what came of it, as SVG: no library, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from training.calibration import Band

SIDE, EDGE = 360, 48
COLOURS = ("#0b5394", "#b45f06")
_TITLE = "Confidence of claims against the share of them that is right"


def drawing(series: Mapping[str, Sequence[Band]]) -> str:
    """The bands of each series as dots on the way from 0 to 1, the line of perfect agreement behind them."""
    whole = SIDE + 2 * EDGE
    ticks = [n / 5 for n in range(6)]
    grid = [f'<path d="M{_x(t)} {_y(0)}V{_y(1)}M{_x(0)} {_y(t)}H{_x(1)}" stroke="#ddd"/>' for t in ticks]
    across = [f'<text x="{_x(t)}" y="{_y(0) + 18}" text-anchor="middle">{t:.1f}</text>' for t in ticks]
    up = [f'<text x="{_x(0) - 8}" y="{_y(t) + 4}" text-anchor="end">{t:.1f}</text>' for t in ticks]
    middle = whole / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}" '
        'role="img" font-family="sans-serif" font-size="12">',
        f"<title>{_TITLE}</title>",
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        *grid,
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="5 4"/>',
        *across,
        *up,
        f'<text x="{middle}" y="{whole - 8}" text-anchor="middle">mean confidence</text>',
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">share of right claims</text>',
    ]
    for number, ((name, bands), colour) in enumerate(zip(series.items(), COLOURS, strict=False)):
        line = " ".join(f"{_x(b.said)},{_y(b.right)}" for b in bands)
        parts += [
            f'<g fill="{colour}">',
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
            *(_dot(band) for band in bands),
            f'<text x="{_x(0) + 10}" y="{_y(1) + 18 + 18 * number}">{name}</text>',
            "</g>",
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _dot(band: Band) -> str:
    told = f"<title>{band.said:.2f}: {band.right:.2f}</title>"
    return f'<circle cx="{_x(band.said)}" cy="{_y(band.right)}" r="5">{told}</circle>'


def _x(value: float) -> float:
    return round(EDGE + value * SIDE, 1)


def _y(value: float) -> float:
    return round(EDGE + (1 - value) * SIDE, 1)
