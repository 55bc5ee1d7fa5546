"""A small canvas for flat pictures in the tones of one hue: shapes, lines, light, with clean edges.

All lengths are hundredths of the picture's side, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import cos, hypot, pi, radians, sin

from PIL import Image, ImageDraw, ImageFilter

SIDE = 640  # pixels
FINER = 3  # drawn so many times larger, then reduced: that makes the edges clean

Point = tuple[float, float]
Colour = tuple[int, int, int]

# Lightness, chroma, and degrees added to the hue: shadows keep the hue, light leans towards the sun.
RAMP = (
    (0.00, 0.02, 0),
    (0.24, 0.05, 0),
    (0.38, 0.08, 0),
    (0.66, 0.115, 18),
    (0.84, 0.08, 40),
    (0.95, 0.05, 40),
    (1.00, 0.01, 40),
)


class Canvas:
    """A square to draw on, in lightnesses (0 to 1) of one hue."""

    def __init__(self, hue: int) -> None:
        self._hue = hue
        self._image = Image.new("RGB", (SIDE * FINER, SIDE * FINER))

    def png(self) -> bytes:
        file = BytesIO()
        self._image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "PNG")
        return file.getvalue()

    def sky(self, *stops: tuple[float, float]) -> None:
        """Fills all, from top to bottom: each stop is a height and its lightness."""
        strip = Image.new("RGB", (1, self._image.height))
        for y in range(strip.height):
            strip.putpixel((0, y), self._tone(_between(stops, y / strip.height * 100)))
        self._image.paste(strip.resize(self._image.size))

    def shape(
        self, points: Sequence[Point], light: float, to: float | None = None, opacity: float = 1
    ) -> None:
        """A filled outline; `to` is the lightness at its foot, where that differs."""
        self.stencil(self.mask(points), light, to, opacity)

    def disc(self, x: float, y: float, r: float, light: float, opacity: float = 1) -> None:
        self.shape(ring(x, y, r), light, opacity=opacity)

    def line(self, points: Sequence[Point], width: float, light: float, opacity: float = 1) -> None:
        """A stroke with round ends."""
        mask = self._blank()
        pen = ImageDraw.Draw(mask)
        scaled = [self._scaled(point) for point in points]
        thick = self._scaled((width, 0))[0]
        pen.line(scaled, fill=255, width=round(thick), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        self.stencil(mask, light, opacity=opacity)

    def glow(self, x: float, y: float, r: float, light: float, opacity: float) -> None:
        """Light that fades towards `r`."""
        left, top = self._scaled((x - r, y - r))
        size = round(self._scaled((2 * r, 0))[0])
        # Pillow's gradient is 0 in the middle, 181 at the edges' middles and 255 in the corners.
        fade = Image.radial_gradient("L").point(lambda v: 255 * max(0.0, 1 - v / 180) ** 2)
        mask = self._blank()
        mask.paste(fade.resize((size, size), Image.Resampling.BICUBIC), (round(left), round(top)))
        self.stencil(mask, light, opacity=opacity)

    def stencil(self, mask: Image.Image, light: float, to: float | None = None, opacity: float = 1) -> None:
        """Lays a tone through a mask."""
        bounds = mask.getbbox()
        if not bounds:
            return
        cut = mask.crop(bounds)
        if opacity < 1:
            cut = cut.point(lambda v: v * opacity)
        tone = Image.new("RGB", (1, 64))
        for y in range(64):
            tone.putpixel((0, y), self._tone(light + ((light if to is None else to) - light) * y / 63))
        self._image.paste(tone.resize(cut.size, Image.Resampling.BILINEAR), bounds[:2], cut)

    def mask(
        self, *outlines: Sequence[Point], without: Sequence[Sequence[Point]] = (), soft: float = 0
    ) -> Image.Image:
        """What lies within the outlines and not within others; `soft` blurs its edge."""
        mask = self._blank()
        pen = ImageDraw.Draw(mask)
        for outline, value in [*((o, 255) for o in outlines), *((o, 0) for o in without)]:
            pen.polygon([self._scaled(point) for point in outline], fill=value)
        if soft:
            mask = mask.filter(ImageFilter.GaussianBlur(self._scaled((soft, 0))[0]))
        return mask

    def _blank(self) -> Image.Image:
        return Image.new("L", self._image.size)

    def _scaled(self, point: Point) -> Point:
        return point[0] * SIDE * FINER / 100, point[1] * SIDE * FINER / 100

    def _tone(self, light: float) -> Colour:
        chroma = _between([stop[:2] for stop in RAMP], light)
        turn = _between([stop[::2] for stop in RAMP], light)
        return _rgb(light, chroma, self._hue + turn)


def corners(text: str) -> list[Point]:
    """Points as they are written: "50 20, 60 40"."""
    return [(float(x), float(y)) for x, y in (pair.split() for pair in text.split(","))]


def box(x: float, y: float, wide: float, high: float) -> list[Point]:
    return [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]


def ring(x: float, y: float, r: float, squash: float = 1) -> list[Point]:
    return [(x + r * cos(i * pi / 90), y + r * squash * sin(i * pi / 90)) for i in range(180)]


def cog(x: float, y: float, outer: float, inner: float, teeth: int) -> list[Point]:
    outline: list[Point] = []
    for tooth in range(teeth):
        for share, r in ((-0.27, inner), (-0.19, outer), (0.19, outer), (0.27, inner)):
            angle = 2 * pi * (tooth + share) / teeth
            outline.append((x + r * sin(angle), y - r * cos(angle)))
    return outline


def blob(text: str) -> list[Point]:
    """A closed curve through the points of `text`."""
    points = corners(text)
    return _through([points[-1], *points, points[0], points[1]])


def arc(text: str) -> list[Point]:
    """An open curve through the points of `text`."""
    points = corners(text)
    return [*_through([points[0], *points, points[-1]]), points[-1]]


def mirrored(points: Sequence[Point], x: float = 50) -> list[Point]:
    return [(2 * x - px, py) for px, py in points]


def turned(points: Sequence[Point], degrees: float, x: float, y: float) -> list[Point]:
    """The points turned about (x, y)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in points]


def ribbon(points: Sequence[Point], width: float) -> list[Point]:
    """An outline along the points, as wide as `width` in the middle and pointed at both ends."""
    sides: tuple[list[Point], list[Point]] = ([], [])
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        length = hypot(bx - ax, by - ay) or 1
        half = width / 2 * sin(pi * i / (len(points) - 1))
        sides[0].append((x - (by - ay) / length * half, y + (bx - ax) / length * half))
        sides[1].append((x + (by - ay) / length * half, y - (bx - ax) / length * half))
    return [*sides[0], *reversed(sides[1])]


def _through(points: Sequence[Point]) -> list[Point]:
    """A Catmull-Rom curve from the second to the last but one."""
    curve: list[Point] = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
        points, points[1:], points[2:], points[3:], strict=False
    ):
        for step in range(16):
            t = step / 16
            curve.append((_spline(ax, bx, cx, dx, t), _spline(ay, by, cy, dy, t)))
    return curve


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))) / 2


def _between(stops: Sequence[tuple[float, float]], at: float) -> float:
    """The value at a place between stops of (place, value), in rising order."""
    for (x, value), (next_x, next_value) in zip(stops, stops[1:], strict=False):
        if at <= next_x:
            return value + (next_value - value) * (max(at, x) - x) / (next_x - x)
    return stops[-1][1]


def _rgb(light: float, chroma: float, hue: float) -> Colour:
    """OKLCH to sRGB, cut at its borders."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _channel(linear: float) -> int:
    linear = min(max(linear, 0.0), 1.0)
    return round(255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055))
