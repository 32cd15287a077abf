"""Pictures of screens: kept as means of 4 x 4 pixels, in as few colours as leave them what they are, and compared by `difference`. The fonts
are the page's own, of both scripts; what the system's monospaced one draws (`code`, `textarea`) is masked, so that no picture depends on a
font of the machine."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from difference import KEPT, Place, differs, levels, marked, most, places

# Colours of what is kept, and by how many levels a block of it may be another one than it was: far fewer than tell two pictures apart. A
# palette that follows how often each colour occurs turns a green button into an olive one, which is then found to differ from itself.
COLOURS, OFF = (128, 256), 4


@dataclass
class Found:
    """What is wrong with one screen's picture, and where."""

    sentence: str
    places: list[Place] = field(default_factory=list)


def small(taken: Image.Image) -> Image.Image:
    """The means; what is left over at the end belongs to no whole pixel."""
    size = (max(1, taken.width // KEPT), max(1, taken.height // KEPT))
    return taken.crop((0, 0, size[0] * KEPT, size[1] * KEPT)).resize(size, Image.Resampling.BOX)


def few(now: Image.Image) -> Image.Image:
    """In few colours, where these are near enough: a third of the octets."""
    for colours in COLOURS:
        kept = now.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        if most(levels(now, kept.convert("RGB"))) <= OFF:
            return kept
    return now


class Pictures:
    """The folder of what screens look like, and what this run found."""

    def __init__(self, kept: Path, out: Path, update: bool) -> None:
        self.kept, self.out, self.update = kept, out, update
        self.seen: set[str] = set()
        kept.mkdir(exist_ok=True)

    def look(self, name: str, taken: bytes) -> Found | None:
        """Compares a screen with its picture, or keeps it. Called beside the walk: nothing here waits for the page."""
        self.seen.add(name)
        whole = Image.open(BytesIO(taken)).convert("RGB")
        now, file = small(whole), self.kept / f"{name}.png"
        if self.update:
            if not file.exists() or differs(Image.open(file).convert("RGB"), now):
                few(now).save(file, optimize=True)
                print(f"   kept {name}")
            return None
        if not file.exists():
            (self.out / f"{name}.now.jpg").write_bytes(taken)
            return Found("there is no picture of it: `cargo xtask browser --update` keeps one")
        was = Image.open(file).convert("RGB")
        found = differs(was, now)
        if found is None:
            return None
        self.leave(name, taken, was)
        marked(whole, was, now).save(self.out / f"{name}.marked.png")
        return Found(f"it does not look as it did: {found}; see {name}.now.jpg, .was.png and .marked.png", places(was, now))

    def leave(self, name: str, taken: bytes, was: Image.Image) -> None:
        """What to look at."""
        (self.out / f"{name}.now.jpg").write_bytes(taken)
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
