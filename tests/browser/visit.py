"""One look at one screen: how it comes to be, and everything that is asked of it."""

import asyncio
import json
from pathlib import Path

from playwright.async_api import Error

import keys
from screens import MASKS, Screen
from stage import Refused

CHECKS = (Path(__file__).parent / "page.js").read_text("utf-8")
THEMES = ("light", "dark", "contrast")
# A window of a laptop, and the narrowest that a page has to fit into (WCAG 1.4.10).
WIDTH, HEIGHT, NARROW = 1180, 820, 320
# The longest picture.
LONGEST = 3000
# How long a screen may take, in milliseconds.
PATIENCE = 30_000

SETTLED = """() => document.fonts.status === "loaded" && !document.querySelector("main p[aria-busy=true]:not([data-example] *), main .progress:not([data-example] *)")
    && document.getAnimations().every((a) => a.playState !== "running" || a.effect?.getTiming().iterations === Infinity)"""
FRAMES = "() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => then(null))))"
THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"
# The height at which nothing of the screen scrolls.
LENGTH = """() => Math.max(document.documentElement.scrollHeight,
    ...[...document.querySelectorAll("main")].map((m) => m.getBoundingClientRect().top + m.scrollHeight))"""


class Visit:
    """One person's page in one size and language."""

    def __init__(self, page, stage, host, report, axe, pictures, size: int, lang: str) -> None:
        self.page, self.stage, self.host, self.report = page, stage, host, report
        self.axe, self.pictures, self.size, self.lang = axe, pictures, size, lang
        self.addresses: set[str] = set()
        self.led: set[str] = set()
        self.complaints: list[str] = []
        # Commands were refused on the screen before.
        self.refused = False
        # Commands that wait for an answer.
        self.held: list = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.complaints.append(f"the page broke: {error}"))
        page.on("request", self.asked)

    def heard(self, message) -> None:
        # A refusal is an answer with a status, of which the browser complains by itself.
        refusal = message.text.startswith("Failed to load resource") and "/invoke/" in message.location.get("url", "")
        if message.type in ("error", "warning") and not refusal:
            self.complaints.append(f"the console says: {message.text[:300]}")

    def asked(self, request) -> None:
        if not request.url.startswith((self.host.url, "data:", "blob:")):
            self.complaints.append(f"the page asks elsewhere: {request.url[:200]}")

    async def begin(self) -> None:
        """The page, with its token."""
        await self.page.goto(f"{self.host.url}#token={self.host.token}")
        await self.page.wait_for_selector("main h1")
        # A record closes itself when nobody looks at it for a while.
        if await self.page.locator("#unlock").count():
            await self.page.locator("#unlock").fill(self.stage.facts["passphrase"])
            await self.page.locator("#open").click()
            await self.page.wait_for_selector("#lock")
        await self.page.evaluate(CHECKS)

    async def anew(self) -> None:
        await self.page.reload()
        await self.page.wait_for_selector("main h1")
        await self.page.evaluate(CHECKS)

    async def go(self, screen: Screen) -> None:
        """To the screen, and what a person does there."""
        await self.let_go()
        for command, code in screen.refuse.items():
            await self.page.route(f"**/invoke/{command}", self.refusal(code))
        if screen.route is not None:
            address = screen.route.format(**self.stage.facts)
            self.addresses.add(address)
            if screen.opens:
                await self.stage.minute()
            here = await self.page.evaluate("(to) => { const before = location.hash; location.hash = to; return before; }", address)
            # What the screen before typed, opened or was refused is not there any more.
            if here.lstrip("#") in (address, address.lstrip("/")) or screen.refuse or self.refused:
                await self.anew()
            self.refused = bool(screen.refuse)
        for act in screen.acts:
            await act(self.page, self.stage.facts)
        await self.page.locator(screen.ready).locator("visible=true").first.wait_for()
        if None not in screen.refuse.values():
            await self.page.wait_for_function(SETTLED)
        # The page may have begun anew by itself, as it does when a record is locked.
        await self.page.evaluate(CHECKS)
        await self.page.evaluate(FRAMES)
        self.led |= set(await self.page.eval_on_selector_all(".rail a", "(all) => all.map((a) => new URL(a.href).hash.slice(1) || '/')"))

    async def look(self, screen: Screen) -> None:
        """Everything; what goes wrong on the way is a finding of its own."""
        how = f"{self.lang} {self.size} %"
        try:
            await self.go(screen)
            await self.looks(screen, how)
            for act in screen.after:
                await act(self.page, self.stage.facts)
        except (Error, Refused) as error:
            words = str(error).split("\nCall log:")[0].strip().replace("\n", " ")
            self.report.look(screen.name, how, [f"it cannot be looked at: {words[:400]}"])
            await self.failed(screen)

    async def failed(self, screen: Screen) -> None:
        """A picture of where it went wrong; the next screen begins anew."""
        try:
            await self.page.screenshot(path=self.pictures.out / f"{screen.name}-{self.lang}-{self.size}-failed.png")
            await self.anew()
        except Error:
            # Whatever is wrong is told already.
            return

    async def looks(self, screen: Screen, how: str) -> None:
        page = self.page
        self.report.look(screen.name, how, await page.evaluate("() => window.__salus.shape()"))
        expected = {"lang": self.lang, "dir": "rtl" if self.lang == "ar" else "ltr"}
        self.report.look(screen.name, how, await page.evaluate("(as) => window.__salus.said(as)", expected))
        plain = self.size == 100 and self.lang == "en"
        if plain:
            self.report.look(screen.name, how, self.pictures.look(screen.name, await self.picture(screen)))
        for theme in THEMES if self.lang == "en" else THEMES[:1]:
            await page.evaluate(THEME, theme)
            self.report.look(screen.name, f"{how} {theme}", await self.axe.run(page, dress_only=theme != "light" or self.size != 100))
        await page.evaluate(THEME, "light")
        if plain:
            await page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            await page.evaluate(FRAMES)
            self.report.look(screen.name, f"{how} {NARROW} px wide", await page.evaluate("() => window.__salus.shape()"))
            await page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            await page.evaluate(FRAMES)
            self.report.look(screen.name, f"{how} by keyboard", await keys.round_trip(page))
        complaints, self.complaints = self.complaints, []
        self.report.look(screen.name, how, complaints)

    async def picture(self, screen: Screen) -> bytes:
        """All of the screen, without what each run has anew."""
        page = self.page
        length = min(LONGEST, int(await page.evaluate(LENGTH)))
        await page.set_viewport_size({"width": WIDTH, "height": max(HEIGHT, length)})
        await page.evaluate("() => document.activeElement?.blur()")
        await page.evaluate(FRAMES)
        masks = [page.locator(selector.strip()) for selector in f"{MASKS}, {screen.masks}".split(",") if selector.strip()]
        png = await page.screenshot(animations="disabled", caret="hide", mask=masks, mask_color="#808080")
        await page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        await page.evaluate(FRAMES)
        return png

    def refusal(self, code: str | None):
        """Answers a command with this code, or not as long as one looks."""
        async def handle(route) -> None:
            if code is None:
                self.held.append(route)
            else:
                await route.fulfill(status=422, content_type="application/json", body=json.dumps({"code": code, "detail": None}))
        return handle

    async def let_go(self) -> None:
        """Commands are answered again."""
        held, self.held = self.held, []
        for route in held:
            await route.abort()
        if self.refused:
            await self.page.unroute_all(behavior="wait")


async def walk(browser, stage, host, screens: list[Screen], report, axe, pictures) -> tuple[set[str], set[str]]:
    """All screens of one person in every size, then in Arabic; where it came to, and where the rails lead."""
    addresses: set[str] = set()
    led: set[str] = set()
    # Nobody is there whose settings it could store.
    own = host.name == "design"
    for lang, size in [("en", 100), ("en", 150), ("en", 200), ("ar", 100)]:
        chosen = [screen for screen in screens if size in screen.sizes]
        if not chosen:
            continue
        if not own:
            await host.dress(lang, size)
        context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", color_scheme="light",
                                            timezone_id="UTC", locale="en-GB", service_workers="block", accept_downloads=False)
        page = await context.new_page()
        visit = Visit(page, stage, host, report, axe, pictures, size, lang)
        await visit.begin()
        if own:
            for name, value in [("text", size), ("language", lang)]:
                await page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()
        for screen in chosen:
            await visit.look(screen)
        await visit.let_go()
        addresses |= visit.addresses
        led |= visit.led
        await context.close()
        await asyncio.sleep(0)
    if not own:
        await host.dress("en", 100)
    return addresses, led
