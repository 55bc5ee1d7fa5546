"""Instants in words, in English and Chinese, and by the tokens of Moment.js (momentjs.com, "Format")."""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta

_CHINESE_DAYS = [f"星期{day}" for day in "一二三四五六日"]
_TOKEN = re.compile(r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|Do|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|A|a|LT|LL|L")
_UNITS = (("year", "年", 365 * 86_400), ("month", "个月", 30 * 86_400), ("day", "天", 86_400))
_SHORT_UNITS = (("hour", "小时", 3600), ("minute", "分钟", 60))


def time_of_day(at: datetime, language: str) -> str:
    return f"{at:%H:%M}" if language == "zh" else f"{at.hour % 12 or 12}:{at:%M} {at:%p}"


def date(at: datetime, language: str) -> str:
    if language == "zh":
        return f"{at.year}年{at.month}月{at.day}日"
    return f"{calendar.month_name[at.month]} {at.day}, {at.year}"


def weekday(at: datetime, language: str) -> str:
    return _CHINESE_DAYS[at.weekday()] if language == "zh" else calendar.day_name[at.weekday()]


def duration(passed: timedelta, language: str) -> str:
    """Roughly, as one says it: "just now", "5 minutes", "2 days"."""
    seconds = max(0, int(passed.total_seconds()))
    for unit, chinese, length in (*_UNITS, *_SHORT_UNITS):
        if number := seconds // length:
            return f"{number}{chinese}" if language == "zh" else f"{number} {unit}{'s' * (number > 1)}"
    return "刚刚" if language == "zh" else "just now"


def formatted(at: datetime, pattern: str, language: str) -> str:
    """What stands in [brackets] stays."""

    def said(token: re.Match[str]) -> str:
        return token[1] if token[1] is not None else _said(at, token[0], language)

    return _TOKEN.sub(said, pattern)


def _said(at: datetime, token: str, language: str) -> str:
    month, day, hour = calendar.month_name[at.month], weekday(at, language), at.hour % 12 or 12
    return {
        "YYYY": f"{at.year:04}",
        "YY": f"{at.year % 100:02}",
        "MMMM": f"{at.month}月" if language == "zh" else month,
        "MMM": f"{at.month}月" if language == "zh" else month[:3],
        "MM": f"{at.month:02}",
        "M": str(at.month),
        "DD": f"{at.day:02}",
        "D": str(at.day),
        "Do": f"{at.day}日" if language == "zh" else f"{at.day}{_ordinal(at.day)}",
        "dddd": day,
        "ddd": day if language == "zh" else day[:3],
        "HH": f"{at.hour:02}",
        "H": str(at.hour),
        "hh": f"{hour:02}",
        "h": str(hour),
        "mm": f"{at.minute:02}",
        "m": str(at.minute),
        "ss": f"{at.second:02}",
        "s": str(at.second),
        "A": f"{at:%p}",
        "a": f"{at:%p}".lower(),
        "LT": time_of_day(at, language),
        "LL": date(at, language),
        "L": f"{at:%m/%d/%Y}",
    }[token]


def _ordinal(number: int) -> str:
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
