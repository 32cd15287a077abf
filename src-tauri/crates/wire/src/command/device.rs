//! Devices: looking for them, adding and pairing.

use super::frame::commands;
use crate::DeviceId;
use crate::view::{AdapterView, DeviceView, PairingAnswer};

commands! {
    /// Devices known and in range.
    ListDevices {} = "list_devices", Patient -> Vec<DeviceView>;
    /// Look for devices for up to 30 seconds.
    ScanDevices {} = "scan_devices", Patient -> Vec<DeviceView>;
    /// Add a device in range and keep receiving from it.
    AddDevice { /** Which. */ device: DeviceId } = "add_device", Patient -> DeviceView;
    /// Stop receiving from a device and forget it; its readings stay.
    RemoveDevice { /** Which. */ device: DeviceId } = "remove_device", Patient -> Vec<DeviceView>;
    /// Pair with an added device. It goes on by itself; [`DeviceView::pairing`] says what is asked.
    PairDevice { /** Which. */ device: DeviceId } = "pair_device", Patient -> DeviceView;
    /// Answer what is asked while pairing.
    AnswerPairing {
        /** Which. */ device: DeviceId,
        /** The answer. */ answer: PairingAnswer,
    } = "answer_pairing", Patient -> DeviceView;
    /// Stop pairing, or put a failed one away.
    CancelPairing { /** Which. */ device: DeviceId } = "cancel_pairing", Patient -> DeviceView;
    /// How Bluetooth is doing on this computer.
    GetAdapter {} = "get_adapter", Patient -> AdapterView;
    /// Stop fetching what a device has stored: it is told to stop, and is not asked again by itself. What has arrived stays.
    StopFetching { /** Which. */ device: DeviceId } = "stop_fetching", Patient -> DeviceView;
    /// Fetch after all what a device has stored, after [`StopFetching`].
    FetchMemory { /** Which. */ device: DeviceId } = "fetch_memory", Patient -> DeviceView;
}
