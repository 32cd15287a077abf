"""What `salus-browser` made ready: hosts, the facts that screens need, and the clock that all of them go by."""

import asyncio
import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

# The longest that a command takes: an opening with the members' answers.
PATIENCE = 60
# Between two looks at whether something is so.
PAUSE = 0.1


class Refused(Exception):
    """A command was refused, with its code."""


class Gone(Exception):
    """A host is not there any more."""


@dataclass
class Host:
    """One person's application."""

    name: str
    url: str
    token: str
    # One walk at a time: language and size are the host's.
    walk: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, command: str, **request):
        """Sends a command as the page would."""
        return await asyncio.to_thread(self._ask, command, request)

    def _ask(self, command: str, request: dict):
        body = json.dumps(request).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        sent = urllib.request.Request(f"{self.url}invoke/{command}", body, headers)
        # Never by way of a proxy of this machine: the host is on this computer.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(sent, timeout=PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Refused(f"{self.name}: {command}: {error.read().decode(errors='replace')}") from None
        except OSError as error:
            raise Gone(f"{self.name} does not answer any more: {error}") from None

    async def dress(self, locale: str, text_size: int) -> None:
        """Language and text size, as the settings store them; colours are changed in the page."""
        settings = {"locale": locale, "theme": "light", "text_size": text_size}
        await self.ask("set_settings", settings=settings)


class Stage:
    """Everybody."""

    def __init__(self, told: dict) -> None:
        self.hosts = {name: Host(name, door["url"], door["token"]) for name, door in told["hosts"].items()}
        self.facts: dict[str, str] = told["facts"] | {"passphrase": told["passphrase"]}
        self.clock = Path(told["clock"])
        self.turn = asyncio.Lock()

    async def minute(self) -> None:
        """A minute passes for everybody: members release twice in one at most. Nobody's record closes over it."""
        async with self.turn:
            offset = int(self.clock.read_text())
            part = self.clock.with_suffix(".part")
            part.write_text(str(offset + 61_000))
            os.replace(part, self.clock)
            for host in self.hosts.values():
                try:
                    await host.ask("keep_open")
                except Refused:
                    # Nobody is there, or it is locked, which it may stay.
                    continue
        await self.fresh()

    async def fresh(self) -> None:
        """Until the members have a block of now."""
        for _ in range(int(PATIENCE / PAUSE)):
            members = await self.hosts["clinician"].ask("get_members")
            if not members["out_of_date"] and (members["age_seconds"] or 0) < 30:
                return
            await asyncio.sleep(PAUSE)
        raise Refused("the members have no fresh block a minute later")
