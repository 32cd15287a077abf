//! The real window and the simulated BlueZ, beside `window_devices`: what a person sees when a device sends too much, is only
//! overheard, refuses, stays silent, leaves, or is out of reach.
//!
//! Each state is reached by a person's means, its sentence is read, and nothing in it may be cut off, outside the window or too
//! small to hit. With `SALUS_PICTURES=FOLDER` each is photographed in every dress. A silence ends by the application's clock,
//! which is moved. Needs what `window` needs.

#[path = "window_states/acts.rs"]
mod acts;
#[path = "window_states/aside.rs"]
mod aside;
#[path = "window_states/cast.rs"]
mod cast;
#[path = "window_states/memory.rs"]
mod memory;
#[path = "window_states/overheard.rs"]
mod overheard;
#[path = "window_states/pairing.rs"]
mod pairing;
#[path = "window_states/people.rs"]
mod people;
#[path = "window_states/recording.rs"]
mod recording;
#[path = "window_states/variability.rs"]
mod variability;
#[path = "window_states/wheel.rs"]
mod wheel;

use acts::Acts;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_what_a_device_does_wrong_or_leaves_out() -> anyhow::Result<()> {
    let acts = Acts::begin().await?;
    let outcome = play(&acts).await;
    acts.end(outcome).await
}

async fn play(acts: &Acts) -> anyhow::Result<()> {
    aside::copies_are_no_warning(acts).await?;
    aside::a_value_is_above_what_the_device_measures(acts).await?;
    aside::a_flood_is_counted_while_another_device_goes_on(acts).await?;
    overheard::the_air_is_overheard(acts).await?;
    overheard::a_weighing_is_overheard(acts).await?;
    memory::a_memory_is_fetched(acts).await?;
    memory::a_memory_ends_half_way(acts).await?;
    memory::a_memory_is_not_handed_out(acts).await?;
    wheel::a_wheel_is_set(acts).await?;
    pairing::the_device_is_out_of_reach(acts).await?;
    pairing::nobody_answers(acts).await?;
    people::a_scale_adds_nobody(acts).await?;
    people::a_scale_stays_silent(acts).await?;
    recording::it_is_refused(acts).await?;
    recording::it_is_not_answered(acts).await?;
    recording::it_is_cut(acts).await?;
    variability::a_share_of_the_beats_is_left_out(acts).await?;
    variability::a_reading_says_where_it_comes_from(acts).await
}
