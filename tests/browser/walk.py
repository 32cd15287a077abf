"""Walks through every screen of Salus in Chromium; `salus-browser` starts it and tells it on standard input what is there.

Each screen is looked at in three colours and three sizes of text and in Arabic: axe without a violation, nothing outside or cut off,
targets of 44 px, title, heading, language and direction, no complaint in the console, no request elsewhere. In one dress of each language
also 320 px wide, in one of all by keyboard alone, and as it looked before. Ends with 1 when something was found, and tells what, where;
and tells where the time went, so that the next minute can be found.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from playwright.async_api import async_playwright

import live
from axe import Axe
from looks import Judges
from picture import Pictures
from report import Report
from screens import ROWS, complete
from stage import Gone, Refused, Stage
from visit import walk

# What else runs on this machine comes first: members, windows and tests that wait for one another by the clock.
YIELDS = 5

HERE = Path(__file__).parent

# Nothing of the browser's own goes out, and nothing is drawn by a card that another machine does not have.
FLAGS = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--no-default-browser-check", "--disable-default-apps", "--disable-extensions", "--no-pings", "--disable-domain-reliability",
    "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--no-proxy-server",
]


async def main() -> int:
    os.nice(YIELDS)
    told = json.load(sys.stdin)
    stage, report = Stage(told), Report()
    judges = Judges(report, Axe(), Pictures(HERE / "snapshots", Path(told["out"]), told["update"]))
    only = told["only"] or ""
    visited: set[str] = set()
    led: set[str] = set()
    async with async_playwright() as playwright:
        # Chromium's own sandbox does not start for root.
        sandbox = os.geteuid() != 0
        browser = await playwright.chromium.launch(executable_path=told["chromium"], headless=True, chromium_sandbox=sandbox, args=FLAGS)
        print(f"   Chromium {browser.version}")

        async def row(people) -> None:
            for name, screens, languages in people:
                chosen, host = named(screens, only), stage.hosts[name]
                for lang in languages if chosen else ():
                    async with host.walk:
                        addresses, rails = await walk(browser, stage, host, chosen, judges, lang)
                    visited.update(addresses)
                    led.update(rails)

        try:
            await asyncio.gather(*(row(people) for people in ROWS))
            if not only:
                with report.spent.on("settings as chosen"):
                    await live.changes(browser, stage.hosts["nadia"], stage.facts["passphrase"], report)
        except (Gone, Refused) as error:
            report.whole([f"the walk is over: {error}"])
            report.end()
            return 1
        finally:
            await browser.close()
    # Whoever looks at one screen does not look at the others.
    if not only:
        report.whole(complete(visited, led) + judges.axe.unused() + judges.pictures.stale())
    axe = judges.axe
    print(f"   of {axe.others} looks in other colours, {axe.moved} moved something and were asked about shape too; {axe.answered} had only colours"
          " of the first size, and were answered there")
    return 0 if report.end() else 1


def named(screens, only: str):
    """Those whose name contains it, each with the ones before it that it goes on from."""
    wanted = [only in screen.name for screen in screens]
    for index in range(len(screens) - 1, 0, -1):
        if wanted[index] and screens[index].route is None:
            wanted[index - 1] = True
    return [screen for screen, is_wanted in zip(screens, wanted) if is_wanted]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
