"""axe-core on a page, through the browser's debugger: the page's own policy lets no foreign script in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.server import ROOT

AXE = (ROOT / "tests/vendor/axe-core/axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the places where it is."""
    session = page.context.new_cdp_session(page)
    world = session.send("Page.createIsolatedWorld", {"frameId": _main_frame(session)})["executionContextId"]

    def run(expression: str) -> Any:
        answer = session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    run(AXE)
    found = run("axe.run().then((result) => result.violations)")
    session.detach()
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def _main_frame(session: Any) -> str:
    frame: str = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    return frame
