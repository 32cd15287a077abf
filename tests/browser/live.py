"""Settings apply at once, without a new page: language with its direction, size of text, colours."""

from playwright.async_api import Error

from looks import HEIGHT, WIDTH

CHOICES = [
    ("language", "ar", "html[lang=ar][dir=rtl]"),
    ("language", "en", "html[lang=en][dir=ltr]"),
    ("text", "200", "html[data-text='200']"),
    ("theme", "contrast", "html[data-theme=contrast]"),
    ("theme", "dark", "html[data-theme=dark]"),
    ("text", "100", "html[data-text='100']"),
    ("theme", "light", "html[data-theme=light]"),
]


async def changes(browser, host, passphrase: str, report) -> None:
    """Each choice as a person makes it."""
    context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", service_workers="block")
    page = await context.new_page()
    found = []
    try:
        await page.goto(f"{host.url}#token={host.token}")
        await page.wait_for_selector("main h1")
        if await page.locator("#unlock").count():
            await page.locator("#unlock").fill(passphrase)
            await page.locator("#open").click()
        await page.locator("[data-nav=settings] a").click()
        await page.wait_for_selector("input[name=language]")
        await page.evaluate("() => { window.__same = true; }")
        for name, value, then in CHOICES:
            await page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()
            try:
                await page.wait_for_selector(then, timeout=5_000)
            except Error:
                found.append(f"choosing {value} for {name} does not lead to {then}")
        if not await page.evaluate("() => window.__same === true"):
            found.append("a choice begins the page anew")
    except Error as error:
        found.append(f"it cannot be looked at: {str(error).splitlines()[0]}")
    report.look("settings-live", "as chosen", found)
    await context.close()
