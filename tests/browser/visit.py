"""One person's page in one language: how a screen comes to be there, and how it is dressed."""

import json
from pathlib import Path

from playwright.async_api import Error

import looks
from acts import REST
from looks import HEIGHT, WIDTH, Judges
from screens import Screen
from stage import Host, Refused, Stage

# What the page says of itself, as functions that each document has from its beginning.
TOLD = ["(" + (Path(__file__).parent / file).read_text("utf-8") + ")();" for file in ("rest.js", "dress.js", "pose.js", "page.js")]
# How long a screen may take, in milliseconds: it gives way to whatever else runs on this machine.
PATIENCE = 60_000
# How often a page may begin anew by itself before it is there: once, when a record is locked or unlocked, and once more.
ANEW = 3
# Where nothing answers a pointer: what was clicked before is not pointed at any more, nor what came to lie there.
NOWHERE = (0, 0)

# Where it is, before it goes elsewhere.
GO = "(to) => { const before = location.hash; location.hash = to; return before; }"
RAIL = "(all) => all.map((a) => new URL(a.href).hash.slice(1) || '/')"
BECOME = "(as) => window.__dress.become(as)"


class Visit:
    """The page, what was heard of it, and where it came to."""

    def __init__(self, page, keyboard, stage: Stage, host: Host, judges: Judges, lang: str) -> None:
        self.page, self.keyboard, self.stage, self.host = page, keyboard, stage, host
        self.judges, self.lang, self.size = judges, lang, 100
        self.addresses: set[str] = set()
        self.led: set[str] = set()
        self.complaints: list[str] = []
        # Nothing was done on this page yet.
        self.fresh = True
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
        await self.host.dress(self.lang, self.size)
        await self.page.goto(f"{self.host.url}#token={self.host.token}")
        await self.page.wait_for_selector("main h1")
        # A record closes itself when nobody looks at it for a while.
        if await self.page.locator("#unlock").count():
            await self.page.locator("#unlock").fill(self.stage.facts["passphrase"])
            await self.page.locator("#open").click()
            await self.page.wait_for_selector("#lock")
        await self.shown()

    async def anew(self) -> None:
        await self.page.reload()
        await self.page.wait_for_selector("main h1")
        await self.shown()

    async def dress(self, size: int, screen: Screen) -> None:
        """Another size of text, as when the person chooses it; the screen stays what it is."""
        if size == self.size:
            return
        with self.judges.on("dress", screen):
            self.size = size
            await self.host.dress(self.lang, size)
            await self.shown()

    async def shown(self) -> None:
        """Once the page shows the language and the size that are chosen."""
        if not await self.page.evaluate(BECOME, {"lang": self.lang, "size": self.size}):
            raise Refused(f"the page does not take up {self.lang} {self.size} %")

    async def rest(self, screen: Screen) -> None:
        """Until all of it is there and nothing happens any more; what goes on and on is a finding."""
        held = [command for command, code in screen.refuse.items() if code is None]
        why = None
        for _ in range(ANEW):
            try:
                why = await self.page.evaluate(REST, held)
                break
            except Error as error:
                # It began anew by itself, as it does when a record is locked.
                why = str(error).splitlines()[0]
                await self.page.wait_for_selector("main h1")
        if why:
            raise Refused(f"it does not come to rest: {why}")

    async def go(self, screen: Screen) -> None:
        """To the screen, and what a person does there."""
        await self.let_go()
        for command, code in screen.refuse.items():
            await self.page.route(f"**/invoke/{command}", self.refusal(code))
        if screen.route is not None:
            address = screen.route.format(**self.stage.facts)
            self.addresses.add(address)
            if screen.opens:
                with self.judges.on("a minute of the members", screen):
                    await self.stage.minute()
            here = await self.page.evaluate(GO, address)
            # What the screen before typed, opened or was refused is not there any more.
            again = not self.fresh and here.lstrip("#") in (address, address.lstrip("/"))
            if again or screen.refuse or self.refused:
                with self.judges.on("a page anew", screen):
                    await self.anew()
            self.refused, self.fresh = bool(screen.refuse), False
        with self.judges.on("reach", screen):
            for act in screen.acts:
                await act(self.page, self.stage.facts)
            await self.page.locator(screen.ready).locator("visible=true").first.wait_for()
            await self.page.mouse.move(*NOWHERE)
        with self.judges.on("settle", screen):
            await self.rest(screen)
            self.led |= set(await self.page.eval_on_selector_all(".rail a", RAIL))

    async def look(self, screen: Screen) -> None:
        """Everything; what goes wrong on the way is a finding of its own."""
        how = f"{self.lang} 100 %"
        try:
            await self.go(screen)
            await (looks.arabic if self.lang == "ar" else looks.english)(self, screen)
            with self.judges.on("after", screen):
                for act in screen.after:
                    await act(self.page, self.stage.facts)
        except (Error, Refused) as error:
            words = str(error).split("\nCall log:")[0].strip().replace("\n", " ")
            self.judges.report.look(screen.name, how, [f"it cannot be looked at: {words[:400]}"])
            await self.failed(screen)
        complaints, self.complaints = self.complaints, []
        self.judges.report.look(screen.name, how, complaints)

    async def failed(self, screen: Screen) -> None:
        """A picture of where it went wrong; the next screen begins anew, dressed as each begins."""
        try:
            await self.page.screenshot(path=self.judges.pictures.out / f"{screen.name}-{self.lang}-{self.size}-failed.png")
            self.size = 100
            await self.host.dress(self.lang, self.size)
            await self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            await self.anew()
        except (Error, Refused):
            # Whatever is wrong is told already.
            return

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


async def walk(browser, stage: Stage, host: Host, screens: list[Screen], judges: Judges, lang: str) -> tuple[set[str], set[str]]:
    """All screens of one person in one language; where it came to, and where the rails lead."""
    context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", color_scheme="light",
                                        timezone_id="UTC", locale="en-GB", service_workers="block", accept_downloads=False)
    for script in TOLD:
        await context.add_init_script(script)
    page = await context.new_page()
    visit = Visit(page, await context.new_cdp_session(page), stage, host, judges, lang)
    try:
        with judges.report.spent.on("begin"):
            await visit.begin()
        for screen in screens:
            await visit.look(screen)
        await visit.let_go()
    finally:
        await context.close()
    await host.dress("en", 100)
    return visit.addresses, visit.led
