"""Two peripherals on virtual controllers, for the test against the real BlueZ (`cargo xtask test --bluez`).

    peripherals.py HOST:PORT UNIT

A heart rate strap that anybody may read, and a blood pressure cuff that measures only for a bonded central: it shows
a passkey, keeps its bond, and refuses everything else on an open link. Each connects to HOST:PORT, where every TCP
connection is one virtual controller. UNIT, 0 to 255, is part of their names, addresses and serial numbers.

Commands on standard input, one a line; WHO is `strap` or `cuff`:

    send WHO N        N measurements; the strap notifies, the cuff indicates and waits for each confirmation
    drop WHO          end the link; it advertises again

Answers and events on standard output, one JSON object a line: {"event": ..., "who": ...} and

    ready             both advertise
    connected         encrypted: false, as every link begins
    encrypted         authenticated: whether the key came from a passkey
    passkey           passkey: what the cuff shows; it is always the same, so that the test can type it
    paired, refused   pairing ended, well or badly
    subscribed        its measurement will be sent
    sent              count: measurements sent (indications: confirmed) by this command
    dropped           the link is gone

When standard input ends, it ends the links and then itself.
"""

import asyncio
import json
import struct
import sys

from bumble.att import Attribute, AttributeValueV2
from bumble.core import UUID, AdvertisingData
from bumble.device import Device
from bumble.gatt import Characteristic, Descriptor, Service
from bumble.hci import Address, HCI_LE_Set_Advertising_Enable_Command
from bumble.keys import MemoryKeyStore
from bumble.pairing import PairingConfig, PairingDelegate
from bumble.transport import open_transport

PASSKEY = 271828
READ = Characteristic.Properties.READ
CCCD = 0x2902
# Seconds from one advertisement to the next.
REPEAT = 0.5


def say(event, who=None, **more):
    named = {"who": who} if who else {}
    print(json.dumps({"event": event, **named, **more}), flush=True)


def uuid16(number):
    return UUID.from_16_bits(number)


def heart_rate(n):
    """2A37: flags (sensor contact supported and detected), beats per minute."""
    return bytes([0x06, 60 + n % 60])


def blood_pressure(n):
    """2A35: flags (mmHg, time stamp), systolic, diastolic, mean as SFLOAT, Date Time; one minute apart."""
    time = struct.pack("<HBBBBB", 2026, 5, 21, 8 + n // 60, n % 60, 0)
    return bytes([0x02]) + struct.pack("<HHH", 120 + n % 20, 80, 93) + time


class Display(PairingDelegate):
    """Shows the passkey and has no keys: the other side types it."""

    def __init__(self, who):
        super().__init__(PairingDelegate.IoCapability.DISPLAY_OUTPUT_ONLY)
        self.who = who

    async def generate_passkey(self):
        return PASSKEY

    async def display_number(self, number, digits):
        say("passkey", self.who, passkey=f"{number:0{digits}}")


class Peripheral:
    """One device: its controller, its services, and the counter of what it measured."""

    def __init__(self, who, unit, service, uuid, measure, protected):
        self.who, self.service, self.measure, self.protected = who, service, measure, protected
        self.name = f"Virtual {who.title()} {unit}"
        # Static random: it stays, and nobody else has it.
        self.address = Address(f"F0:5A:1A:05:{int(protected):02X}:{unit:02X}")
        self.serial = f"{who.upper()}-{unit:04}"
        self.link, self.measured, self.ending = None, 0, False
        self.switching = asyncio.Lock()
        how = Characteristic.Properties.INDICATE if protected else Characteristic.Properties.NOTIFY
        self.measurement = Characteristic(uuid16(uuid), how, 0, b"")

    def permissions(self, write=False):
        allowed = Attribute.Permissions.READABLE
        if write:
            allowed |= Attribute.Permissions.WRITEABLE
        if self.protected:
            allowed |= Attribute.Permissions.READ_REQUIRES_AUTHENTICATION
            allowed |= Attribute.Permissions.WRITE_REQUIRES_AUTHENTICATION
        return allowed

    def subscription(self, device):
        """Bumble's own descriptor may be written by anybody; a real cuff's may not."""
        value = AttributeValueV2(
            read=lambda link: device.gatt_server.read_cccd(link, self.measurement),
            write=lambda link, value: device.gatt_server.write_cccd(link, self.measurement, value),
        )
        return Descriptor(uuid16(CCCD), self.permissions(write=True), value)

    def services(self, device):
        self.measurement.descriptors = [self.subscription(device)]
        fixed = lambda uuid, value: Characteristic(uuid16(uuid), READ, self.permissions(), value)
        information = [(0x2A29, "Salus Virtual"), (0x2A24, self.name), (0x2A25, self.serial)]
        return [
            Service(uuid16(self.service), [self.measurement]),
            Service(uuid16(0x180F), [fixed(0x2A19, bytes([64]))]),
            Service(uuid16(0x180A), [fixed(uuid, text.encode()) for uuid, text in information]),
        ]

    async def start(self, where):
        source, sink = await open_transport(f"tcp-client:{where}")
        self.device = device = Device.with_hci(self.name, self.address, source, sink)
        # Its own default is a file that would outlive the run.
        device.keystore = MemoryKeyStore()
        device.pairing_config_factory = lambda link: PairingConfig(delegate=Display(self.who))
        device.add_services(self.services(device))
        device.on("connection", self.connected)
        self.measurement.on("subscription", self.subscribed)
        await device.power_on()
        await self.advertise()
        self.repeating = asyncio.create_task(self.repeat())

    async def advertise(self):
        data = AdvertisingData([
            (AdvertisingData.FLAGS, bytes([0x06])),
            (AdvertisingData.COMPLETE_LOCAL_NAME, self.name.encode()),
            (AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, struct.pack("<H", self.service)),
        ])
        async with self.switching:
            # A controller that was switched on while a link came up refuses to be switched on again.
            await self.switch(0)
            await self.device.start_advertising(advertising_data=bytes(data))

    async def repeat(self):
        """The virtual controller reports an advertisement once, when it is switched on; a radio repeats it."""
        while True:
            await asyncio.sleep(REPEAT)
            async with self.switching:
                for enable in (0, 1):
                    # A link ends the advertisement, and its end begins the next one.
                    if self.link is None and self.device.is_advertising:
                        await self.switch(enable)

    async def switch(self, enable):
        """Its refusal is no error."""
        await self.device.send_command(HCI_LE_Set_Advertising_Enable_Command(advertising_enable=enable))

    def connected(self, link):
        self.link = link
        say("connected", self.who, encrypted=bool(link.encryption))
        link.on("disconnection", self.disconnected)
        link.on("pairing", lambda keys: say("paired", self.who))
        link.on("pairing_failure", lambda reason: say("refused", self.who, reason=int(reason)))
        link.on(
            "connection_encryption_change",
            lambda: say("encrypted", self.who, authenticated=bool(link.authenticated)),
        )

    def disconnected(self, reason):
        self.link = None
        say("dropped", self.who)
        if not self.ending:
            self.advertising = asyncio.create_task(self.advertise())

    def subscribed(self, link, notify, indicate):
        if notify or indicate:
            say("subscribed", self.who)

    async def send(self, count):
        sent = 0
        while sent < count and self.link is not None:
            value = self.measure(self.measured)
            if self.protected:
                await self.device.indicate_subscriber(self.link, self.measurement, value)
            else:
                await self.device.notify_subscriber(self.link, self.measurement, value)
            self.measured, sent = self.measured + 1, sent + 1
        say("sent", self.who, count=sent)

    async def drop(self):
        if self.link is not None:
            await self.link.disconnect()

    async def end(self):
        self.ending = True
        self.repeating.cancel()
        await self.drop()


async def main(where, unit):
    strap = Peripheral("strap", unit, 0x180D, 0x2A37, heart_rate, protected=False)
    cuff = Peripheral("cuff", unit, 0x1810, 0x2A35, blood_pressure, protected=True)
    peripherals = {p.who: p for p in (strap, cuff)}
    for peripheral in peripherals.values():
        await peripheral.start(where)
    say("ready")
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode().split():
        match line:
            case ["send", who, count]:
                await peripherals[who].send(int(count))
            case ["drop", who]:
                await peripherals[who].drop()
            case _:
                raise ValueError(f"no such command: {line}")
    for peripheral in peripherals.values():
        await peripheral.end()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
