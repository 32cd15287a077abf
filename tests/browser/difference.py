"""Whether a screen looks as it did, and where it does not: compared by means of 16 x 16 pixels, so that another rasteriser of the same
font is no difference, and a line that breaks elsewhere is."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

# Pixels of the screen for one pixel of what is kept.
KEPT = 4
# Pixels of what is kept for one block that is compared.
BLOCK = 4
# Pixels of the screen for one block.
SIDE = KEPT * BLOCK
# Levels of 255 by which the mean of a block may differ in one colour.
LEVELS = 20
# Share of the blocks that may differ by more, and how many at most: a button is as large on a long page as on a short one.
SHARE, MOST = 0.004, 54
# Blocks by which a screen may be longer or shorter.
ROWS = 1
# Blocks between two that are still of one place, places that are told, and blocks of each that are looked at.
BETWEEN, PLACES, LOOKED_AT = 2, 6, 40
COLOUR = "#d000d0"


@dataclass
class Place:
    """Blocks that differ and lie together, in pixels of the screen."""

    left: int
    top: int
    right: int
    bottom: int
    count: int
    most: int
    # The middle of its blocks.
    points: list[tuple[int, int]]

    def said(self, names: list[str]) -> str:
        there = ", ".join(names) or "nothing"
        return f"x {self.left}–{self.right}, y {self.top}–{self.bottom} ({self.count} blocks, by up to {self.most}): {there}"


def blocks(image: Image.Image, rows: int) -> Image.Image:
    width = max(1, image.width // BLOCK)
    return image.crop((0, 0, width * BLOCK, rows * BLOCK)).resize((width, rows), Image.Resampling.BOX)


def levels(was: Image.Image, now: Image.Image) -> Image.Image:
    """By how many levels each block differs, in the colour in which it differs most; both are as wide."""
    rows = max(1, min(was.height // BLOCK, now.height // BLOCK))
    red, green, blue = ImageChops.difference(blocks(was, rows), blocks(now, rows)).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def most(apart: Image.Image) -> int:
    return apart.getextrema()[1]


def differs(was: Image.Image, now: Image.Image) -> str | None:
    """In one sentence, or nothing."""
    if was.width != now.width:
        return f"it is {now.width * KEPT} px wide, and was {was.width * KEPT}"
    if abs(was.height // BLOCK - now.height // BLOCK) > ROWS:
        return f"it is {now.height * KEPT} px long, and was {was.height * KEPT}"
    apart = levels(was, now)
    counts = apart.histogram()
    other = sum(counts[LEVELS + 1:])
    if other > min(MOST, SHARE * sum(counts)):
        return f"{other} of {sum(counts)} blocks differ, by up to {most(apart)} of 255"
    return None


def places(was: Image.Image, now: Image.Image) -> list[Place]:
    """Where, from the top; of many the largest."""
    if was.width != now.width:
        return []
    apart = levels(was, now)
    by, width = apart.tobytes(), apart.width
    left = {index for index, level in enumerate(by) if level > LEVELS}
    found = []
    while left:
        reached, together = [left.pop()], []
        while reached:
            here = reached.pop()
            together.append(here)
            near = {index for index in around(here, width) if index in left}
            left -= near
            reached.extend(near)
        found.append(place(sorted(together), by, width))
    largest = sorted(found, key=lambda one: (-one.count, one.top, one.left))[:PLACES]
    return sorted(largest, key=lambda one: (one.top, one.left))


def around(index: int, width: int) -> list[int]:
    x, y = index % width, index // width
    span = range(-BETWEEN, BETWEEN + 1)
    return [(y + down) * width + x + across for down in span for across in span if 0 <= x + across < width and y + down >= 0]


def place(together: list[int], by: bytes, width: int) -> Place:
    columns, rows = [index % width for index in together], [index // width for index in together]
    step = len(together) // LOOKED_AT + 1
    points = [(column * SIDE + SIDE // 2, row * SIDE + SIDE // 2) for column, row in zip(columns[::step], rows[::step])]
    return Place(min(columns) * SIDE, min(rows) * SIDE, (max(columns) + 1) * SIDE, (max(rows) + 1) * SIDE,
                 len(together), max(by[index] for index in together), points)


def marked(taken: Image.Image, was: Image.Image, now: Image.Image) -> Image.Image:
    """The screen as it is, with a line around every block that differs and one around each place."""
    image = taken.convert("RGB")
    if was.width != now.width:
        return image
    draw, apart = ImageDraw.Draw(image), levels(was, now)
    for index, level in enumerate(apart.tobytes()):
        if level > LEVELS:
            x, y = index % apart.width * SIDE, index // apart.width * SIDE
            draw.rectangle((x, y, x + SIDE - 1, y + SIDE - 1), outline=COLOUR)
    for one in places(was, now):
        draw.rectangle((one.left - 6, one.top - 6, one.right + 5, one.bottom + 5), outline=COLOUR, width=3)
    return image
