"""axe-core in the page: which rules, and every exception with its reason."""

from importlib import resources

# What the law asks for, and what axe's makers call good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What another size can change. Names, roles and the order of headings are the same in every dress of one language, and are asked
# once in it.
SIZE = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
# What other colours can change where nothing moved.
COLOUR = ["color-contrast", "link-in-text-block"]

# (rule, part of the selector that axe gives, reason). Nothing else is excused; an entry that excuses nothing fails the run.
EXCEPTIONS: list[tuple[str, str, str]] = []

# At most so many places of one rule are told.
PLACES = 4

# Puts on the colours and asks. Transitions are off, so that they are there at once. Of other colours at the same size it is proven each
# time that they moved nothing: every box is where it was. Where also every colour is the one of the first size, everything was answered:
# what lies over what by the first colours of this size, and how it contrasts at the first size, whose words are the smallest and have to
# contrast the most. A dialog is asked about alone: what lies behind it cannot be reached, and was or will be a screen of its own.
RUN = """async ({ theme, before, known, tags, size, colour }) => {
    if (!window.axe) return null;
    document.documentElement.dataset.theme = theme;
    const boxes = window.__dress.boxes(), moved = before !== null && before !== boxes, paints = window.__dress.paints();
    if (before !== null && !moved && known === paints) return { boxes, paints, moved, answered: true, violations: [] };
    const runOnly = tags ? { type: "tag", values: tags } : { type: "rule", values: before === null || moved ? size : colour };
    const about = tags ? document : document.querySelector("dialog:modal") || document;
    const said = await axe.run(about, { runOnly, resultTypes: ["violations"], preload: false, iframes: false });
    return { boxes, paints, moved, answered: false, violations: said.violations.map((v) => ({
        rule: v.id, help: v.help,
        places: v.nodes.map((n) => ({ at: n.target.join(" "), why: n.any.concat(n.all, n.none).map((c) => c.message).join("; "), html: n.html.slice(0, 160) })),
    })) };
}"""


class Axe:
    """The library's text, read once, and which exceptions were of use."""

    def __init__(self) -> None:
        self.source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        self.used: set[int] = set()
        # Looks in other colours, in how many of them something moved, and how many were answered by the first size.
        self.others = self.moved = self.answered = 0

    async def run(self, page, theme: str, before: int | None, known: str | None, full: bool) -> tuple[list[str], int, str]:
        """A sentence for each place that breaks a rule, where everything stands, and which colours it has; `before` is where it stood in
        other colours, `known` which ones it had at the first size."""
        asked = {"theme": theme, "before": before, "known": known, "tags": TAGS if full else None, "size": SIZE, "colour": COLOUR}
        said = await page.evaluate(RUN, asked)
        if said is None:
            # Once for each page. Not by a script element: the page's policy would refuse it.
            await page.evaluate(self.source)
            said = await page.evaluate(RUN, asked)
        self.others += before is not None
        self.moved += said["moved"]
        self.answered += said["answered"]
        found = []
        for violation in said["violations"]:
            places = [p for p in violation["places"] if not self.excused(violation["rule"], p["at"])]
            for place in places[:PLACES]:
                found.append(f"axe {violation['rule']}: {violation['help']}: {place['at']}: {place['why']}: {place['html']}")
            if len(places) > PLACES:
                found.append(f"axe {violation['rule']}: and {len(places) - PLACES} more places")
        return found, said["boxes"], said["paints"]

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
