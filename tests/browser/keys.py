"""The keyboard alone: Tab comes to everything, in the order in which it stands, and one sees where it is."""

import asyncio

# More stops than this on one screen, and something goes round in circles.
MOST = 400
# Presses of the second go and the further ones: of what stands there twice, or has several places for the focus.
MORE = 8

TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


async def press(keyboard, times: int) -> None:
    """Presses Tab so often, without waiting for each: the page itself keeps where it led. Done when the last press is."""
    kinds = ("rawKeyDown", "keyUp") * times
    await asyncio.gather(*(keyboard.send("Input.dispatchKeyEvent", {"type": kind, **TAB}) for kind in kinds))


async def round_trip(page, keyboard) -> list[str]:
    """From before the first stop once around; `keyboard` is the page's own session with the browser."""
    count = min(await page.evaluate("() => window.__salus.begin()"), MOST)
    found: list[str] = []
    left, lost, times = count * 2 + 20, 0, count + 1
    over = False
    while left > 0 and not over:
        await press(keyboard, times)
        left, times = left - times, MORE
        for here in await page.evaluate("() => window.__salus.steps()"):
            found.extend(here["found"])
            lost = lost + 1 if here["left"] else 0
            # Once the browser itself has the focus between the last stop and the first; twice in a row, it does not come back.
            over = here["over"] or lost > 1
            if over:
                break
    if not over:
        found.append("Tab does not come around")
    found.extend(await page.evaluate("() => window.__salus.missed()"))
    return found
