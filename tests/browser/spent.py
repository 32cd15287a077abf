"""Where the time of a walk goes: by what is done, and by screen. Two rows walk at once, so that it is about twice the time of the clock."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

# Screens that are named as the slowest.
SLOWEST = 10


class Spent:
    """Seconds, while something is waited for or done."""

    def __init__(self) -> None:
        self.phases: dict[str, float] = defaultdict(float)
        self.times: dict[str, int] = defaultdict(int)
        self.screens: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, phase: str, screen: str | None = None) -> Iterator[None]:
        """Counts what is done inside, for the phase and for the screen, also when it fails."""
        begun = time.monotonic()
        try:
            yield
        finally:
            took = time.monotonic() - begun
            self.phases[phase] += took
            self.times[phase] += 1
            if screen is not None:
                self.screens[screen] += took

    def lines(self) -> list[str]:
        """What a person reads who wants the next second."""
        phases = sorted(self.phases.items(), key=lambda phase: -phase[1])
        slowest = sorted(self.screens.items(), key=lambda screen: -screen[1])[:SLOWEST]
        lines = [f"{sum(self.phases.values()):.0f} s of all rows, of which"]
        lines.extend(f"  {took:6.1f} s {phase}: {self.times[phase]} times, {took / self.times[phase] * 1000:.0f} ms each" for phase, took in phases)
        if slowest:
            lines.append("the slowest screens: " + ", ".join(f"{name} {took:.1f} s" for name, took in slowest))
        return lines
