"""The pictures of the demo characters, drawn: one symbol, the tones of one hue, a horizon.

What matters stays within 40 of the centre: a picture is cropped to a circle beside a reply, and to 4 : 3.6
in the gallery. The large shapes are for 32 pixels, the small ones for 320.
"""

from __future__ import annotations

from characters.canvas import Canvas, Point, arc, blob, box, cog, corners, mirrored, ribbon, ring, turned

STARS = corners("14 17, 26 9, 38 6, 66 8, 83 14, 90 27, 9 34, 74 20")


def draw(symbol: str, hue: int) -> bytes:
    """A PNG of 640 x 640. `symbol` is a key of `SYMBOLS`, `hue` in degrees of OKLCH."""
    canvas = Canvas(hue)
    SYMBOLS[symbol](canvas)
    return canvas.png()


def _lamp(c: Canvas) -> None:
    """A lighthouse on its rock, the lamp lit, two beams over the water."""
    c.sky((0, 0.33), (45, 0.6), (72, 0.84), (100, 0.88))
    _stars(c, 0.85)
    for beam in ("50 30, -6 12, -6 34", "50 30, -6 17, -6 29"):
        for side in (corners(beam), mirrored(corners(beam))):
            c.stencil(c.mask(side, soft=0.4), 0.96, opacity=0.2)
    c.glow(50, 30, 36, 0.96, 0.8)
    _hill(c, "-2 72, 12 68.5, 24 70, 34 73", 0.64)
    c.shape(box(0, 72, 100, 28), 0.66, 0.36)
    for x, y, wide in ((62, 75, 22), (14, 78, 20), (66, 81, 26), (8, 86, 22), (74, 90, 18), (18, 95, 24)):
        c.shape(ribbon(corners(f"{x} {y}, {x + wide / 2} {y}, {x + wide} {y}"), 0.8), 0.88, opacity=0.6)
    c.shape(blob("18 93, 27 83, 36 80.5, 42 76, 58 76, 66 81, 74 84, 84 93, 60 104, 40 104"), 0.2, 0.14)
    c.shape(blob("50 77, 59 77.5, 67 83, 74 86, 62 88, 54 82"), 0.3)
    c.shape(corners("43.4 41, 56.6 41, 60 79, 40 79"), 0.95, 0.86)
    for band in ("42.8 48, 57.2 48, 58 57, 42 57", "41.4 64, 58.6 64, 59.4 73, 40.6 73"):
        c.shape(corners(band), 0.36)
    c.shape(corners("51.5 41, 56.6 41, 60 79, 53 79"), 0.2, opacity=0.4)
    c.shape(arc("47.9 79, 47.9 76, 49.8 74, 51.7 76, 51.7 79"), 0.16)
    c.shape(box(48.6, 59, 2.4, 3.4), 0.2)
    c.shape(box(45.2, 24.4, 9.6, 14), 0.99)
    c.glow(50, 30.5, 10, 1, 1)
    c.shape(corners("40.6 38.4, 59.4 38.4, 57.4 42, 42.6 42"), 0.2)
    c.line(corners("41 35.4, 59 35.4"), 0.6, 0.2)
    for post, top in corners(
        "45.2 25, 50 25, 54.8 25, 41 35.4, 44.6 35.4, 48.2 35.4, 51.8 35.4, 55.4 35.4, 59 35.4"
    ):
        c.line([(post, top), (post, 38.6)], 0.6, 0.2)
    c.shape(arc("42.8 25.2, 45 20.4, 50 17.6, 55 20.4, 57.2 25.2"), 0.2)
    c.line(corners("50 18, 50 14.4"), 0.8, 0.2)
    c.disc(50, 14.2, 1, 0.2)


def _moon(c: Canvas) -> None:
    """A city under a crescent; one of its houses is being forgotten."""
    c.sky((0, 0.22), (45, 0.42), (80, 0.74), (100, 0.84))
    _stars(c, 0.95)
    c.glow(43, 37, 42, 0.9, 0.5)
    c.stencil(c.mask(ring(47, 34, 19), without=[ring(55, 29, 16.4)]), 0.98, 0.9)
    for x, y in corners("0 64, 9 58, 16 66, 26 60, 33 67, 41 61, 49 66, 57 58, 64 64, 72 60, 80 66, 88 59"):
        c.shape(box(x, y, 8, 40), 0.56, 0.66)
    for x, y in corners("2 74, 14 64, 27 57, 41 71, 79 71, 91 62"):
        c.shape(box(x, y, 12, 50), 0.25, 0.18)
    c.shape(corners("13 64.2, 20 57.4, 27 64.2"), 0.25)
    c.shape(corners("40 71.2, 47 66, 54 71.2"), 0.25)
    c.line(corners("33 58, 33 50"), 0.8, 0.25)
    for row in range(15):
        for column in range(6):
            _brick(c, row, column)
    windows = "17 69, 21 69, 21 75, 30 62, 34 62, 30 68, 34 74, 30 86, 44 76, 48 82, 82 77, 86 83, 5 80, 17 86, 60 76, 60 83"
    for x, y in corners(windows):
        c.shape(box(x, y, 2, 3), 0.94)
    c.shape(blob("-4 94, 20 92, 50 93.5, 80 92, 104 94, 104 110, -4 110"), 0.13)


def _brick(c: Canvas, row: int, column: int) -> None:
    """One stone of the house that the city forgets: those at its upper right drift away."""
    x, y, size = 57 + column * 2.6, 53 + row * 2.6, 2.6
    loose = (column * 1.9 - row * 0.9 + 1.5 + (row * 7 + column * 5) % 5 * 0.5) / 10
    if loose <= 0.1:
        c.shape(box(x, y, size + 0.1, size + 0.1), 0.25)
    elif (row * 3 + column * 7) % 4:
        c.shape(box(x + loose * 4, y - loose * 7, size - loose, size - loose), 0.27, opacity=1 - loose * 0.4)


def _tea(c: Canvas) -> None:
    """A lidded bowl of tea on its saucer, steam before a low sun, hills in the mist."""
    c.sky((0, 0.36), (40, 0.62), (70, 0.86), (100, 0.9))
    c.glow(50, 31, 46, 0.95, 0.6)
    c.disc(50, 30, 21, 0.95)
    _hill(c, "-4 60, 10 52, 22 57, 34 50, 44 58, 60 63, 104 66", 0.76)
    _hill(c, "-4 70, 20 66, 44 68, 62 60, 76 52, 88 58, 104 50", 0.64)
    c.glow(50, 70, 60, 0.9, 0.5)
    c.shape(box(0, 82, 100, 18), 0.28, 0.16)
    c.line(corners("0 82, 100 82"), 0.5, 0.55)
    c.shape(ring(50, 87.4, 28, 0.13), 0.12)
    c.shape(ring(50, 84.8, 28, 0.13), 0.4)
    c.shape(ring(50, 84, 26.4, 0.11), 0.24)
    c.shape(corners("42 77, 58 77, 59.4 84.6, 54 86, 46 86, 40.6 84.6"), 0.16)
    bowl = arc("27 52, 29 62, 34.6 72, 43 79.4, 50 80.4, 57 79.4, 65.4 72, 71 62, 73 52")
    c.shape(bowl, 0.34, 0.18)
    shade = [(x + 2.2, y - 1) for x, y in bowl]
    c.stencil(c.mask(bowl, without=[shade, box(20, 40, 60, 13)], soft=0.2), 0.74)
    for leaf in ("50 76, 45 70, 42 61", "50 76, 49 66, 52 57", "50 76, 55 69, 62 64", "50 76, 42 72, 36 67"):
        c.shape(ribbon(arc(leaf), 2.2), 0.66)
    c.shape(ring(50, 52, 23, 0.16), 0.56)
    c.shape(ring(50, 52.4, 21.2, 0.12), 0.7, 0.82)
    c.shape(blob("35 52.4, 40 46.4, 50 43, 62 42.4, 72 45.4, 74 48.4, 64 52.6, 50 54.8, 39 54.8"), 0.3, 0.2)
    c.line(arc("38 50.6, 42 46.8, 51 44, 62 43.4"), 0.7, 0.66)
    c.shape(blob("52 43.6, 52.4 41, 51.2 39.2, 56 37.6, 60.8 38.8, 59.8 41, 61 43.2"), 0.27)
    steam = "42 44, 37 37, 43 29, 38 21, 42 13; 50 37, 46 31, 51 24, 47 17; 61 35, 65 28, 60 21, 63 14"
    for wisp in steam.split(";"):
        c.stencil(c.mask(ribbon(arc(wisp), 2.6), soft=0.25), 0.72, opacity=0.85)


def _fox(c: Canvas) -> None:
    """A fox before the mountain gate at night, the moon behind its ears."""
    c.sky((0, 0.26), (45, 0.52), (78, 0.8), (100, 0.88))
    _stars(c, 0.9)
    c.glow(50, 36, 48, 0.94, 0.6)
    c.disc(50, 37, 25, 0.93)
    _hill(c, "-4 76, 14 66, 30 72, 50 67, 72 73, 88 64, 104 70", 0.58)
    _gate(c)
    _stone_lantern(c)
    c.shape(blob("64 98, 84 93, 92 79, 87 63, 78 54, 76 66, 72 78, 60 86"), 0.52, 0.38)
    c.shape(blob("78 54, 87 63, 90 71, 84.4 69, 80 72, 75.6 68"), 0.95)
    c.shape(blob("30 104, 31 84, 39 70, 61 70, 69 84, 70 104"), 0.42, 0.28)
    c.shape(blob("40 78, 60 78, 57 90, 53 96, 50 104, 47 96, 43 90"), 0.92)
    ear, inner = arc("29 58, 27 42, 26.6 25, 37 33, 48 47"), arc("33 50, 31.4 42, 31 33, 37 38.6, 43 47")
    cheek = blob("24 63, 33 61, 41 63.4, 47 72, 49.9 83, 42 77, 33.6 69.4")
    eye = blob("33.6 56.6, 39.4 57, 44.6 62.4, 38.6 61.8")
    for shape, light in ((ear, 0.48), (inner, 0.2)):
        _both(c, shape, light)
    head = blob(
        "24 63, 31 53, 40 45.4, 50 43.6, 60 45.4, 69 53, 76 63, 66.4 69.4, 58 77, 50 83, 42 77, 33.6 69.4"
    )
    c.stencil(c.mask([(x, y + 2.6) for x, y in head], soft=0.8), 0.2, opacity=0.5)
    c.shape(head, 0.54, 0.46)
    for shape, light in ((cheek, 0.95), (eye, 0.12), (ring(39.6, 59.2, 0.9), 0.98)):
        _both(c, shape, light)
    c.shape(blob("46.4 76.4, 50 75.4, 53.6 76.4, 50 80.6"), 0.12)
    c.shape(blob("50 46.6, 51.8 51, 50 55.4, 48.2 51"), 0.93)


def _gate(c: Canvas) -> None:
    """The mountain gate, far up the slope."""
    for x in (76, 82, 92, 98):
        c.shape(box(x - 0.8, 52, 1.6, 24), 0.42)
    for y, half in ((45, 12), (51.4, 15)):
        eaves = arc(f"{87 - half} {y}, {90 - half} {y + 2.6}, {92 - half / 2} {y - 0.6}, 87 {y - 3.4}")
        c.shape([*eaves, *reversed(mirrored(eaves, 87)), (87 + half - 3, y + 4), (90 - half, y + 4)], 0.42)


def _stone_lantern(c: Canvas) -> None:
    """Somebody has lit it."""
    c.shape(corners("9 66, 15 66, 16 104, 8 104"), 0.22)
    c.shape(box(5, 62, 14, 4), 0.22)
    c.glow(12, 56.6, 17, 0.96, 0.85)
    c.shape(box(7.4, 51.6, 9.2, 10.6), 0.98)
    for bar in ("7.4 51.6, 7.4 62", "12 51.6, 12 62", "16.6 51.6, 16.6 62"):
        c.line(corners(bar), 1, 0.22)
    c.shape([*arc("1.4 48.6, 5 51, 9.6 46.4, 12 42.6, 14.4 46.4, 19 51, 22.6 48.6"), (20, 53), (4, 53)], 0.22)
    c.disc(12, 41.6, 1.5, 0.22)


def _gear(c: Canvas) -> None:
    """A cogwheel rising over workshop roofs, and someone small on the ridge with a book."""
    c.sky((0, 0.28), (45, 0.52), (78, 0.8), (100, 0.9))
    c.glow(50, 40, 50, 0.95, 0.6)
    c.stencil(c.mask(cog(50, 40, 30, 24.6, 12), without=[ring(50, 40, 18)]), 0.97, 0.88)
    c.stencil(c.mask(ring(50, 40, 21.8), without=[ring(50, 40, 20.8)]), 0.62)
    for turn in range(6):
        c.shape(turned(box(48.4, 21, 3.2, 14), turn * 60, 50, 40), 0.93)
    c.stencil(c.mask(ring(50, 40, 8.4)), 0.97, 0.9)
    for x, y, wide in ((-4, 66, 16), (14, 70, 18), (34, 67, 15), (50, 71, 17), (68, 66, 16), (84, 70, 20)):
        c.shape([(x, y + 7), (x + wide / 2, y), (x + wide, y + 7), (x + wide, 100), (x, 100)], 0.54, 0.62)
    for x in (18, 80):
        c.shape(box(x, 57, 3.6, 25), 0.46)
    for x in (12, 88):
        c.shape([(x - 20, 89), (x, 77), (x + 20, 89), (x + 20, 104), (x - 20, 104)], 0.26, 0.18)
    c.shape(corners("20 94, 50 77, 80 94, 80 104, 20 104"), 0.22, 0.14)
    c.line(corners("19 94.6, 50 77, 81 94.6"), 1.4, 0.3)
    c.shape(box(46.8, 88.6, 6.4, 5.6), 0.9)
    c.line(corners("50 88.6, 50 94.2"), 0.7, 0.2)
    _robot(c)


def _robot(c: Canvas) -> None:
    c.line(corners("50 51, 50 47"), 0.9, 0.14)
    c.disc(50, 46.4, 1.5, 0.14)
    c.shape(box(42.6, 51, 14.8, 10.6), 0.14)
    c.shape(corners("45 62.6, 55 62.6, 56 77, 44 77"), 0.14)
    for half in (ring(46.8, 56.2, 1.8), corners("50 70.4, 44 68.6, 44 74.6, 50 76.4")):
        _both(c, half, 0.97)
    for limb in ("44.6 64.6, 41 69.4, 45 73", "46.4 76, 42 80.4, 41.6 86"):
        c.line(corners(limb), 2, 0.14)
        c.line(mirrored(corners(limb)), 2, 0.14)
    c.line(corners("50 70.4, 50 76.4"), 0.5, 0.4)


def _ink(c: Canvas) -> None:
    """A quill in its ink-well, and the sheet that waits for it."""
    c.sky((0, 0.3), (45, 0.52), (78, 0.8), (100, 0.86))
    c.glow(54, 36, 50, 0.93, 0.6)
    c.disc(54, 36, 26, 0.7, 0.6)
    c.shape(box(0, 78, 100, 22), 0.32, 0.18)
    c.line(corners("0 78, 100 78"), 0.5, 0.6)
    c.shape(corners("54 82, 90 81, 104 94, 62 96"), 0.95, 0.86)
    for line in ("60.4 85, 84 84.4", "63 88.2, 88 87.4", "65.6 91.4, 77 91"):
        c.line(corners(line), 0.7, 0.46)
    left = arc("41 64, 40 55, 43 43, 48 32, 56 21, 73 11")
    right = arc("73 11, 76 21, 73.4 34, 67 45, 57 55, 48 60, 41 64")
    cuts = "38 42, 51 43.4, 39 46.4; 81 30, 64.6 30, 79 34; 64 56, 54 46, 68 52"
    notches = [corners(cut) for cut in cuts.split(";")]
    c.stencil(c.mask([*left, *right], without=notches), 0.98, 0.9)
    c.stencil(c.mask([*arc("41 64, 49 47, 59 30, 73 11"), *right], without=notches), 0.88, 0.82)
    barbs = (
        "46 53, 45 46; 53.6 39, 52 31; 60 28, 60 21; 65 22, 66 17; 47 51, 57 50; 57.4 33, 69 37; 64 23, 74 23"
    )
    for barb in barbs.split(";"):
        c.line(corners(barb), 0.4, 0.62, 0.6)
    c.line(arc("36 77, 41 64, 49 47, 59 30, 73 11"), 1.1, 0.36)
    well = blob("21 90, 20.4 82, 24 76, 30 73, 30 69, 46 69, 46 73, 52 76, 55.6 82, 55 90, 48 93, 28 93")
    c.shape(well, 0.22, 0.12)
    c.shape(ring(38, 69, 9.4, 0.24), 0.4)
    c.shape(ring(38, 69.2, 7.4, 0.17), 0.08)
    c.line(corners("38.2 70, 39.6 67"), 1.1, 0.36)
    c.line(arc("25 88, 24.6 82, 28 77.4"), 1.2, 0.66, 0.8)


def _both(c: Canvas, shape: list[Point], light: float) -> None:
    """A shape and its mirror image."""
    c.shape(shape, light)
    c.shape(mirrored(shape), light)


def _stars(c: Canvas, light: float) -> None:
    for number, (x, y) in enumerate(STARS):
        c.disc(x, y, 0.35 + number % 3 * 0.15, light, 0.8)


def _hill(c: Canvas, crest: str, light: float) -> None:
    line = arc(crest)
    c.shape([*line, (line[-1][0], 100), (line[0][0], 100)], light, light + 0.12)


SYMBOLS = {"lamp": _lamp, "moon": _moon, "tea": _tea, "fox": _fox, "gear": _gear, "ink": _ink}
