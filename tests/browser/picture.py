"""Pictures of screens: kept as means of 4 x 4 pixels, and compared by means of 16 x 16, so that another rasteriser of the same font is
no difference, and a line that breaks elsewhere is. The fonts are the page's own, of both scripts; what the system's monospaced one draws
(`code`, `textarea`) is masked, so that no picture depends on a font of the machine."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

# Pixels of the screen for one pixel of what is kept.
KEPT = 4
# Pixels of what is kept for one block that is compared.
BLOCK = 4
# Levels of 255 by which the mean of a block may differ in one colour.
LEVELS = 20
# Share of the blocks that may differ by more.
SHARE = 0.004
# Blocks by which a screen may be longer or shorter.
ROWS = 1


def small(taken: bytes) -> Image.Image:
    """The means, padded with the last row so that every block is whole."""
    image = Image.open(BytesIO(taken)).convert("RGB")
    size = (max(1, image.width // KEPT), max(1, image.height // KEPT))
    return image.crop((0, 0, size[0] * KEPT, size[1] * KEPT)).resize(size, Image.Resampling.BOX)


def blocks(image: Image.Image, rows: int) -> Image.Image:
    width = max(1, image.width // BLOCK)
    return image.crop((0, 0, width * BLOCK, rows * BLOCK)).resize((width, rows), Image.Resampling.BOX)


def differs(was: Image.Image, now: Image.Image) -> str | None:
    """In one sentence, or nothing."""
    if was.width != now.width:
        return f"it is {now.width * KEPT} px wide, and was {was.width * KEPT}"
    heights = (was.height // BLOCK, now.height // BLOCK)
    if abs(heights[0] - heights[1]) > ROWS:
        return f"it is {now.height * KEPT} px long, and was {was.height * KEPT}"
    rows = max(1, min(heights))
    red, green, blue = ImageChops.difference(blocks(was, rows), blocks(now, rows)).split()
    # How many blocks differ by so many levels, in the colour in which they differ most.
    levels = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    other = sum(levels[LEVELS + 1:])
    if other > SHARE * sum(levels):
        most = max(level for level, count in enumerate(levels) if count)
        return f"{other} of {sum(levels)} blocks differ, by up to {most} of 255"
    return None


class Pictures:
    """The folder of what screens look like, and what this run found."""

    def __init__(self, kept: Path, out: Path, update: bool) -> None:
        self.kept, self.out, self.update = kept, out, update
        self.seen: set[str] = set()
        kept.mkdir(exist_ok=True)

    def look(self, name: str, taken: bytes) -> list[str]:
        """Compares a screen with its picture, or keeps it. Called beside the walk: nothing here waits for the page."""
        self.seen.add(name)
        now, file = small(taken), self.kept / f"{name}.png"
        if self.update:
            if not file.exists() or differs(Image.open(file).convert("RGB"), now):
                # 64 colours are enough for means, and a third of the octets.
                now.quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
                print(f"   kept {name}")
            return []
        if not file.exists():
            self.leave(name, taken, None)
            return ["there is no picture of it: `cargo xtask browser --update` keeps one"]
        was = Image.open(file).convert("RGB")
        found = differs(was, now)
        if found is None:
            return []
        self.leave(name, taken, was)
        return [f"it does not look as it did: {found}; see {name}.now.jpg and {name}.was.png"]

    def leave(self, name: str, taken: bytes, was: Image.Image | None) -> None:
        """What to look at."""
        (self.out / f"{name}.now.jpg").write_bytes(taken)
        if was is not None:
            was.resize((was.width * KEPT, was.height * KEPT), Image.Resampling.NEAREST).save(self.out / f"{name}.was.png")

    def stale(self) -> list[str]:
        """Pictures of screens that are not there any more."""
        left = sorted(file for file in self.kept.glob("*.png") if file.stem not in self.seen)
        if self.update:
            for file in left:
                file.unlink()
                print(f"   threw {file.stem} away")
            return []
        return [f"a picture of {file.stem} is kept, and there is no such screen" for file in left]
