"""Everything that is asked of a screen once it is there. It is reached once in each language: sizes and colours change in place."""

import asyncio
from dataclasses import dataclass

import keys
from axe import Axe
from picture import Pictures
from report import Report
from screens import HELD, HIDDEN, MASKS, WORDS, Screen

THEMES = ("light", "dark", "contrast")
SIZES = (100, 150, 200)
# A window of a laptop, and the narrowest that a page has to fit into (WCAG 1.4.10).
WIDTH, HEIGHT, NARROW = 1180, 820, 320
# The longest picture: of all screens but the design page the whole one.
LONGEST = 6000

STILL = "() => window.__dress.still()"
SHAPE = "() => window.__salus.shape()"
SAID = "(as) => window.__salus.said(as)"
THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"
HOLD = "(as) => window.__pose.hold(as)"
TOP = "() => window.__pose.top()"
LENGTH = "() => window.__pose.length()"
AT = "(places) => window.__pose.at(places)"
RELEASE = "() => window.__pose.release()"


@dataclass
class Judges:
    """Who asks, and who is told."""

    report: Report
    axe: Axe
    pictures: Pictures

    def on(self, phase: str, screen: Screen):
        """Counts the time of it."""
        return self.report.spent.on(phase, screen.name)


async def english(visit, screen: Screen) -> None:
    """Three sizes in three colours each; at the smallest also a picture, 320 px and the keyboard, which comes last: it moves the focus."""
    paints: dict[str, str] = {}
    for size in SIZES:
        await visit.dress(size, screen)
        how = f"en {size} %"
        await shaped(visit, screen, how)
        await axe(visit, screen, how, THEMES, paints, full=size == 100)
        if size == 100:
            await visit.page.evaluate(THEME, THEMES[0])
            await picture(visit, screen, how)
            await narrow(visit, screen, how)
    await visit.dress(SIZES[0], screen)
    with visit.judges.on("keyboard", screen):
        found = await keys.round_trip(visit.page, visit.keyboard)
    visit.judges.report.look(screen.name, "en 100 % by keyboard", found)


async def arabic(visit, screen: Screen) -> None:
    """What other words and another direction can change. Colours are the same in every language, and sizes are rems in each: the longer
    words are asked about where there is least room, at 320 px."""
    how = "ar 100 %"
    await shaped(visit, screen, how)
    await axe(visit, screen, how, THEMES[:1], {}, full=True)
    await narrow(visit, screen, how)


async def shaped(visit, screen: Screen, how: str) -> None:
    """Nothing outside or cut off, targets, title, heading, language, direction."""
    expected = {"lang": visit.lang, "dir": "rtl" if visit.lang == "ar" else "ltr"}
    with visit.judges.on("shape", screen):
        found = await visit.page.evaluate(SHAPE)
        said = await visit.page.evaluate(SAID, expected)
    visit.judges.report.look(screen.name, how, found)
    visit.judges.report.look(screen.name, how, said)


async def axe(visit, screen: Screen, how: str, themes: tuple[str, ...], paints: dict[str, str], full: bool) -> None:
    """All rules in the first colours of a language's first size, at other sizes those of size, in other colours those of colour; `paints`
    are the colours of the first size, by theme."""
    before = None
    for theme in themes:
        whole = full and before is None
        with visit.judges.on("axe, all rules" if whole else "axe, rules of size and colour", screen):
            found, boxes, seen = await visit.judges.axe.run(visit.page, theme, before, paints.get(theme), whole)
        paints.setdefault(theme, seen)
        before = boxes if before is None else before
        visit.judges.report.look(screen.name, f"{how} {theme}", found)


async def narrow(visit, screen: Screen, how: str) -> None:
    """320 px, then as wide as before."""
    with visit.judges.on("narrow", screen):
        await resize(visit.page, NARROW, HEIGHT)
        found = await visit.page.evaluate(SHAPE)
        await resize(visit.page, WIDTH, HEIGHT)
    visit.judges.report.look(screen.name, f"{how} {NARROW} px wide", found)


async def picture(visit, screen: Screen, how: str) -> None:
    """All of the screen, without what each run has anew; the window is left as long as that, for whoever looks next sets its own."""
    page, on = visit.page, visit.judges.on
    masks = ", ".join(filter(None, [MASKS, screen.masks]))
    with on("settle", screen):
        # Members and other people may have said something since it was reached.
        await visit.rest(screen)
    try:
        with on("picture", screen):
            await page.evaluate(HOLD, {"masks": masks, "words": WORDS, "hidden": HIDDEN, "held": HELD})
            await page.evaluate(TOP)
            length = min(LONGEST, int(await page.evaluate(LENGTH)))
            if length > HEIGHT:
                await resize(page, WIDTH, length)
            # What is folded away has its place all the same, below which something else stands.
            drawn_over = page.locator(masks).locator("visible=true")
            # Quick to write and to read; what it changes is far below what a mean tells.
            taken = await page.screenshot(type="jpeg", quality=92, animations="disabled", caret="hide", mask=[drawn_over], mask_color="#808080")
        with on("picture compared", screen):
            # On the other core, if one is free: the other row goes on.
            found = await asyncio.to_thread(visit.judges.pictures.look, screen.name, taken)
        # While it still stands as it was taken.
        names = await page.evaluate(AT, [place.points for place in found.places]) if found else []
    finally:
        await page.evaluate(RELEASE)
    if found:
        where = [place.said(there) for place, there in zip(found.places, names)]
        visit.judges.report.look(screen.name, how, ["; ".join([found.sentence, *where])])
    else:
        visit.judges.report.look(screen.name, how, [])


async def resize(page, width: int, height: int) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    await page.evaluate(STILL)
