//! Runners and cyclists.

/// 2A53: speed in 1/256 m/s, steps a minute, stride in cm, distance in 0.1 m.
#[must_use]
pub fn running(speed_256: u16, cadence: u8, stride_cm: u16, distance_dm: u32) -> Vec<u8> {
    let head = [&[0x07][..], &speed_256.to_le_bytes(), &[cadence]].concat();
    [head, stride_cm.to_le_bytes().to_vec(), distance_dm.to_le_bytes().to_vec()].concat()
}

/// 2A5B: revolutions of wheel and crank, and when the last ones ended in 1/1024 s.
#[must_use]
pub fn cycling(wheel: u32, wheel_ticks: u16, crank: u16, crank_ticks: u16) -> Vec<u8> {
    let wheel = [&wheel.to_le_bytes()[..], &wheel_ticks.to_le_bytes()].concat();
    [vec![0x03], wheel, crank.to_le_bytes().to_vec(), crank_ticks.to_le_bytes().to_vec()].concat()
}

/// 2A63: power in W, revolutions of the wheel with 1/2048 s, of the crank with 1/1024 s.
#[must_use]
pub fn power(watt: i16, wheel: u32, wheel_ticks: u16, crank: u16, crank_ticks: u16) -> Vec<u8> {
    let [_, counters @ ..] = cycling(wheel, wheel_ticks, crank, crank_ticks).try_into().unwrap_or([0; 11]);
    [&0x0030u16.to_le_bytes()[..], &watt.to_le_bytes(), &counters].concat()
}
