"""The keyboard alone: Tab comes to everything, in the order in which it stands, and one sees where it is."""

# More stops than this on one screen, and something goes round in circles.
MOST = 400


async def round_trip(page) -> list[str]:
    """From before the first stop once around."""
    count = await page.evaluate("() => window.__salus.begin()")
    found: list[str] = []
    lost = 0
    for _ in range(min(count, MOST) * 2 + 20):
        await page.keyboard.press("Tab")
        here = await page.evaluate("() => window.__salus.reached()")
        found.extend(here["found"])
        lost = lost + 1 if here["left"] else 0
        # Once the browser itself has the focus between the last stop and the first; twice in a row, it does not come back.
        if here["over"] or lost > 1:
            break
    else:
        found.append("Tab does not come around")
    found.extend(await page.evaluate("() => window.__salus.missed()"))
    return found
