"""The pictures of the demo characters, as drawn by code."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageStat

from characters.drawing import SYMBOLS, draw
from characters.pictures import encoded


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_symbol_stands_out_in_the_middle_of_a_small_round_picture(symbol):
    picture = Image.open(BytesIO(draw(symbol, 220)))
    small = picture.convert("L").resize((32, 32), Image.Resampling.LANCZOS)

    assert picture.size == (640, 640)
    assert ImageStat.Stat(small.crop((6, 6, 26, 26))).stddev[0] > 25


@pytest.mark.parametrize("hue", [0, 50, 150, 270])
def test_a_picture_has_the_hue_that_it_is_asked_for(hue):
    drawn = encoded(BytesIO(draw("tea", hue))).hue

    assert (drawn - hue) % 360 <= 40  # light leans forty degrees towards the sun


def test_the_same_picture_is_drawn_each_time():
    assert draw("lamp", 50) == draw("lamp", 50)


def test_an_unknown_symbol_is_refused():
    with pytest.raises(KeyError):
        draw("teapot", 50)
