"""axe-core in the page: which rules, and every exception with its reason."""

from importlib import resources

# What the law asks for, and what axe's makers call good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What other colours and another size can change. Names, roles and the order of headings are the same in every dress of one language,
# and are asked once in it: with all rules in all nine dresses the walk took half as long again.
DRESS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]

# (rule, part of the selector that axe gives, reason). Nothing else is excused; an entry that excuses nothing fails the run.
EXCEPTIONS: list[tuple[str, str, str]] = []

# At most so many places of one rule are told.
PLACES = 4

RUN = """async ([type, values]) => {
    const said = await axe.run(document, {
        runOnly: { type, values }, resultTypes: ["violations"], preload: false, iframes: false,
    });
    return said.violations.map((v) => ({
        rule: v.id, help: v.help,
        places: v.nodes.map((n) => ({ at: n.target.join(" "), why: n.any.concat(n.all, n.none).map((c) => c.message).join("; "), html: n.html.slice(0, 160) })),
    }));
}"""


class Axe:
    """The library's text, read once, and which exceptions were of use."""

    def __init__(self) -> None:
        self.source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        self.used: set[int] = set()

    async def begin(self, page) -> None:
        """Puts it into a page. Not by a script element: the page's policy would refuse it."""
        if not await page.evaluate("() => Boolean(window.axe)"):
            await page.evaluate(self.source)

    async def run(self, page, dress_only: bool) -> list[str]:
        """A sentence for each place that breaks a rule."""
        await self.begin(page)
        found = []
        rules = ["rule", DRESS] if dress_only else ["tag", TAGS]
        for violation in await page.evaluate(RUN, rules):
            places = [p for p in violation["places"] if not self.excused(violation["rule"], p["at"])]
            for place in places[:PLACES]:
                found.append(f"axe {violation['rule']}: {violation['help']}: {place['at']}: {place['why']}: {place['html']}")
            if len(places) > PLACES:
                found.append(f"axe {violation['rule']}: and {len(places) - PLACES} more places")
        return found

    def excused(self, rule: str, at: str) -> bool:
        for index, (excepted, where, _) in enumerate(EXCEPTIONS):
            if rule == excepted and where in at:
                self.used.add(index)
                return True
        return False

    def unused(self) -> list[str]:
        """Exceptions that excused nothing."""
        return [f"axe: the exception for {rule} at {where} excuses nothing any more"
                for index, (rule, where, _) in enumerate(EXCEPTIONS) if index not in self.used]
