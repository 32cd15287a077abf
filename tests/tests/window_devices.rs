//! The real window and the simulated BlueZ: every state of Bluetooth and of a device, as a person sees it.
//!
//! Each state is brought about on the bus, its words are read in the window, and nothing in it may be cut off, outside the
//! window or too small to hit, also with letters twice as large. With `SALUS_PICTURES=FOLDER` each is photographed, the
//! dialogs and the states of Bluetooth also dark, in high contrast, large and in Arabic. Needs what `window` needs.

#[path = "window_devices/acts.rs"]
mod acts;
#[path = "window_devices/bluetooth.rs"]
mod bluetooth;
#[path = "window_devices/doubted.rs"]
mod doubted;
#[path = "window_devices/pairing.rs"]
mod pairing;
#[path = "window_devices/people.rs"]
mod people;
#[path = "window_devices/readings.rs"]
mod readings;
#[path = "window_devices/room.rs"]
mod room;

use acts::Acts;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_every_state_of_bluetooth_and_of_a_device() -> anyhow::Result<()> {
    let acts = Acts::begin().await?;
    let outcome = play(&acts).await;
    acts.end(outcome).await
}

async fn play(acts: &Acts) -> anyhow::Result<()> {
    bluetooth::missing_off_and_not_allowed(acts).await?;
    bluetooth::devices_are_found(acts).await?;
    pairing::connects_and_asks_to_be_paired(acts).await?;
    pairing::digits_are_entered(acts).await?;
    pairing::a_bond_is_lost(acts).await?;
    pairing::this_computer_lost_the_bond(acts).await?;
    pairing::digits_are_compared(acts).await?;
    pairing::digits_are_typed_on_the_device(acts).await?;
    pairing::nothing_to_compare(acts).await?;
    readings::a_link_is_open_and_packets_are_set_aside(acts).await?;
    readings::a_clock_is_wrong(acts).await?;
    readings::a_clock_cannot_be_set(acts).await?;
    people::a_scale_asks_who_it_is(acts).await?;
    people::an_electrocardiogram_is_recorded(acts).await?;
    readings::whose_is_it(acts).await?;
    readings::a_reading_is_typed_with_the_keyboard_alone(acts).await?;
    readings::a_wrong_value_is_mended_and_has_a_note(acts).await?;
    doubted::other_services_are_doubted(acts).await?;
    doubted::one_identity_is_claimed_twice(acts).await?;
    bluetooth::out_of_range_and_deaf(acts).await
}
