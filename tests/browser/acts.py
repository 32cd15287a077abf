"""What a person does on a screen before it is looked at: small steps, by what they see or by the field's name."""

from collections.abc import Awaitable, Callable

Act = Callable[..., Awaitable[None]]

# Until the page is at rest; commands that are never answered are given.
REST = "(held) => window.__rest.come(held)"
UNFOLD = "() => document.querySelectorAll('main details').forEach((d) => { d.open = true; })"


def click(selector: str) -> Act:
    """Clicks the first thing shown that the selector finds."""
    async def act(page, facts) -> None:
        await page.locator(selector).locator("visible=true").first.click()
    return act


def fill(selector: str, text: str) -> Act:
    """Types into a field; a fact in braces is what it stands for."""
    async def act(page, facts) -> None:
        await page.locator(selector).first.fill(text.format(**facts))
    return act


def see(selector: str) -> Act:
    """Waits until it is shown."""
    async def act(page, facts) -> None:
        await page.locator(selector).locator("visible=true").first.wait_for()
    return act


def choose(value: str) -> Act:
    """Ticks the box or the circle of this value, by its label, unless it is ticked."""
    async def act(page, facts) -> None:
        box = page.locator(f"input[value='{value}']").first
        if not await box.is_checked():
            # By its words: the box itself may lie below its own drawing.
            await page.locator(f"label:has(input[value='{value}'])").first.click()
    return act


def press(key: str) -> Act:
    """Presses a key."""
    async def act(page, facts) -> None:
        await page.keyboard.press(key)
    return act


def unfold() -> Act:
    """Opens everything that is folded away once it is there, and what comes to be there by that."""
    async def act(page, facts) -> None:
        for _ in range(2):
            await page.evaluate(REST, [])
            await page.evaluate(UNFOLD)
    return act


def back_to(step: str) -> Act:
    """Presses "Back" of the first run until it is at this step: where a walk before left it is kept."""
    async def act(page, facts) -> None:
        for _ in range(5):
            here = await page.locator("main").get_attribute("data-step")
            if here == step:
                return
            await page.locator("#back").click()
            await page.wait_for_function("(was) => document.querySelector('main')?.dataset.step !== was", arg=here)
    return act
