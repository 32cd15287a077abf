"""What was found: told when it is found, and once more at the end, each sentence with the screens that it is about."""

import time
from collections import defaultdict

from spent import Spent

# Screens named behind one sentence; of more it says how many.
NAMED = 4


class Report:
    """Counts what held, and keeps what did not."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.spent = Spent()
        self.looks = 0
        self.screens: set[str] = set()
        self.found: dict[str, list[str]] = defaultdict(list)

    def look(self, screen: str, how: str, found: list[str]) -> None:
        """One look at one screen."""
        self.looks += 1
        self.screens.add(screen)
        for sentence in found:
            if sentence not in self.found:
                print(f"   NOT OK {screen} ({how}): {sentence}")
            self.found[sentence].append(f"{screen} ({how})")

    def whole(self, sentences: list[str]) -> None:
        """What is wrong with the walk itself."""
        for sentence in sentences:
            print(f"   NOT OK {sentence}")
            self.found[sentence].append("the walk")

    def end(self) -> bool:
        """Tells how it went; true when everything held."""
        took = time.monotonic() - self.begun
        print(f"   {len(self.screens)} screens, {self.looks} looks, {took:.0f} s")
        for line in self.spent.lines():
            print(f"   {line}")
        if not self.found:
            return True
        print(f"   {len(self.found)} different things are wrong:")
        for sentence, where in self.found.items():
            more = f" and {len(where) - NAMED} more" if len(where) > NAMED else ""
            print(f"   - {sentence}\n     on {', '.join(where[:NAMED])}{more}")
        return False
