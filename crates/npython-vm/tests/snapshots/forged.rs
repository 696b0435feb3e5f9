//! Snapshots that no machine made: damaged, of other versions, or loaded by a host that gives less.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use npython_vm::{Machine, MachineLimits, MachineOptions, Outcome, PlainValue, SnapshotError};

use super::programs::PROGRAMS;
use super::{FUNCTIONS, answer, limits, restore, start};

/// Host calls of each program after which a snapshot is taken for damaging.
const DEPTHS: [usize; 2] = [0, 5];
const BIT_FLIPS: usize = 10_000;

thread_local! {
    static EXPECTING: Cell<bool> = const { Cell::new(false) };
    /// Where the last expected panic was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `action`, turning a panic into `None` as the host of the machine does, without a message for each.
fn guarded<T>(action: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if EXPECTING.get() {
                PLACE.set(info.to_string());
            } else {
                usual(info);
            }
        }));
    });
    EXPECTING.set(true);
    let result = catch_unwind(AssertUnwindSafe(action)).ok();
    EXPECTING.set(false);
    result
}

fn stored_after(source: &str, calls: usize) -> Option<Vec<u8>> {
    stored_under(source, calls, MachineOptions::default())
}

fn stored_under(source: &str, calls: usize, options: MachineOptions) -> Option<Vec<u8>> {
    let mut machine = start(source, options);
    let mut made = 0;
    loop {
        match machine.run(u64::MAX) {
            Outcome::HostCall(call) if made < calls => {
                made += 1;
                assert_eq!(machine.resume(answer(&call)), Ok(()));
            }
            Outcome::HostCall(_) => return Some(machine.snapshot().expect("a snapshot")),
            _ => return None,
        }
    }
}

fn samples() -> Vec<Vec<u8>> {
    let plain = PROGRAMS.iter().flat_map(|(_, source)| DEPTHS.iter().filter_map(|calls| stored_after(source, *calls)));
    // With gaps where code was.
    let stressed = MachineOptions { collect_always: true, ..MachineOptions::default() };
    let with_gaps = PROGRAMS.iter().filter(|(name, _)| *name == "code made at run time");
    plain.chain(with_gaps.filter_map(|(_, source)| stored_under(source, 15, stressed))).collect()
}

/// A small generator of numbers, the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Lets a machine of doubtful origin run, within limits. False if it panicked.
fn run_doubtful(mut machine: Machine) -> bool {
    guarded(move || {
        for _ in 0..200 {
            match machine.run(2_000) {
                Outcome::SliceUsedUp => {}
                Outcome::HostCall(call) => {
                    let _ = machine.resume(answer(&call));
                }
                _ => break,
            }
        }
        let _ = (machine.result(), machine.take_stdout(), machine.snapshot().map(|bytes| bytes.len()));
    })
    .is_some()
}

fn doubtful_limits() -> MachineLimits {
    MachineLimits { memory: 32 << 20, ..limits() }
}

/// Loads damaged bytes. `Err` if loading panicked, else whether there was a machine and it ran without a panic.
fn load_doubtful(bytes: &[u8]) -> Result<Option<bool>, ()> {
    let loaded = guarded(|| Machine::restore(bytes, doubtful_limits(), FUNCTIONS)).ok_or(())?;
    Ok(loaded.ok().map(|mut machine| {
        let waiting = guarded(|| machine.pending_host_call());
        let answered = match &waiting {
            None => return false,
            Some(None) => Some(()),
            Some(Some(call)) => guarded(|| drop(machine.resume(answer(call)))),
        };
        answered.is_some() && run_doubtful(machine)
    }))
}

#[test]
fn truncated_snapshots_are_refused() {
    let mut numbers = Numbers(7);
    for bytes in samples() {
        for _ in 0..40 {
            let length = numbers.below(bytes.len());
            let refused = guarded(|| restore(&bytes[..length]).is_err());
            assert_eq!(refused, Some(true), "{length} of {} bytes", bytes.len());
        }
        let longer = [&bytes[..], b"\0"].concat();
        assert_eq!(restore(&longer).err(), Some(SnapshotError::Malformed("bytes behind the end")));
    }
}

#[test]
fn flipped_bits_do_no_harm() {
    let samples = samples();
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let (mut loaded, mut panicked) = (0, Vec::new());
    for round in 0..BIT_FLIPS {
        let sample = numbers.below(samples.len());
        let mut bytes = samples[sample].clone();
        let at = 24 + numbers.below(bytes.len() - 24);
        bytes[at] ^= 1 << numbers.below(8);
        match load_doubtful(&bytes) {
            Err(()) => panic!("loading panicked in round {round}: sample {sample}, byte {at}"),
            Ok(None) => {}
            Ok(Some(behaved)) => {
                loaded += 1;
                if !behaved {
                    panicked.push((sample, at, PLACE.take()));
                }
            }
        }
    }
    // Text, numbers and names may differ without anything being wrong: such machines load and run.
    assert!(loaded > 0 && loaded < BIT_FLIPS, "{loaded}");
    assert!(panicked.is_empty(), "{} of {loaded} machines panicked: {panicked:?}", panicked.len());
}

#[test]
fn garbage_behind_the_header_is_refused() {
    let sample = samples().swap_remove(0);
    let mut numbers = Numbers(99);
    for _ in 0..2_000 {
        let length = numbers.below(600);
        let mut bytes = sample[..24].to_vec();
        // Long runs of one byte make the largest lengths.
        let fill = [0xFF, 0x7F, 0x80, 0x01][numbers.below(4)];
        bytes.extend((0..length).map(|_| if numbers.below(3) == 0 { numbers.below(256) as u8 } else { fill }));
        assert_eq!(guarded(|| restore(&bytes).is_err()), Some(true));
    }
}

#[test]
fn other_versions_are_refused() {
    let sample = samples().swap_remove(0);
    let changed = |at: usize| {
        let mut bytes = sample.clone();
        bytes[at] ^= 0x40;
        restore(&bytes).err()
    };
    assert_eq!(changed(0), Some(SnapshotError::NotASnapshot));
    assert!(matches!(changed(8), Some(SnapshotError::Format(found, known)) if found != known));
    assert!(matches!(changed(12), Some(SnapshotError::GasSchedule(found, known)) if found != known));
    assert_eq!(changed(16), Some(SnapshotError::OtherBuild));
    assert_eq!(restore(b"").err(), Some(SnapshotError::NotASnapshot));
    assert_eq!(restore(b"{\"json\": true, \"padding\": 1}").err(), Some(SnapshotError::NotASnapshot));
}

#[test]
fn a_snapshot_gives_no_fresh_gas() {
    let source = "total = 0\nfor i in range(1000):\n    total += i\nask(total)\nwhile True:\n    pass\n";
    let bytes = stored_after(source, 0).expect("a host call");
    let used = restore(&bytes).expect("a machine").gas_used();
    assert!(used > 1000);
    let generous = MachineLimits { gas: u64::MAX, ..limits() };
    for gas in [used + 500, limits().gas, u64::MAX] {
        let mut machine = Machine::restore(&bytes, MachineLimits { gas, ..generous }, FUNCTIONS).expect("a machine");
        assert_eq!(machine.gas_used(), used);
        assert_eq!(machine.resume(Ok(PlainValue::None)), Ok(()));
        assert!(matches!(machine.run(u64::MAX), Outcome::Halted(npython_vm::Halt::GasExhausted)));
        assert_eq!(machine.gas_used(), gas.min(limits().gas));
        assert_eq!(machine.snapshot(), Err(SnapshotError::Halted));
    }
    let poor = MachineLimits { gas: used - 1, ..limits() };
    assert_eq!(Machine::restore(&bytes, poor, FUNCTIONS).err(), Some(SnapshotError::Limit("gas")));
}

#[test]
fn a_machine_that_needs_more_than_the_host_gives_is_refused() {
    let source = "data = list(range(100_000))\nprint('x' * 1000)\nask(1)\n";
    let bytes = stored_after(source, 0).expect("a host call");
    let small = MachineLimits { memory: 1 << 20, ..limits() };
    assert_eq!(Machine::restore(&bytes, small, FUNCTIONS).err(), Some(SnapshotError::Limit("memory")));
    let calls = stored_after("ask(1)\nask(2)\n", 1).expect("a host call");
    let lonely = MachineLimits { host_calls: 1, ..limits() };
    assert_eq!(Machine::restore(&calls, lonely, FUNCTIONS).err(), Some(SnapshotError::Limit("host calls")));
    let silent = MachineLimits { output: 100, ..limits() };
    assert_eq!(Machine::restore(&bytes, silent, FUNCTIONS).err(), Some(SnapshotError::Limit("output")));
    assert!(Machine::restore(&bytes, MachineLimits { memory: 4 << 20, ..limits() }, FUNCTIONS).is_ok());
    for functions in [&[][..], &["ask"], &["fail", "ask"], &["ask", "other"]] {
        assert!(
            matches!(Machine::restore(&bytes, limits(), functions).err(), Some(SnapshotError::HostFunction(_))),
            "{functions:?}"
        );
    }
    assert!(Machine::restore(&bytes, limits(), &["ask", "fail", "more"]).is_ok());
}

#[test]
fn a_loaded_machine_stores_itself_as_it_was_stored() {
    for bytes in samples() {
        let again = restore(&bytes).expect("a machine").snapshot().expect("a snapshot");
        let differing: Vec<usize> =
            (0..bytes.len().max(again.len())).filter(|at| bytes.get(*at) != again.get(*at)).take(20).collect();
        assert!(differing.is_empty(), "{} and {} bytes differ at {differing:?}", bytes.len(), again.len());
    }
}

#[test]
fn deep_and_cyclic_data_survive() {
    let source = "deep = []\nfor i in range(200_000):\n    deep = [deep]\nme = {}\nme['me'] = me\nask(1)\ndepth = 0
while deep:\n    deep = deep[0]\n    depth += 1\nprint(depth, me['me'] is me)\n";
    let mut machine = restore(&stored_after(source, 0).expect("a host call")).expect("a machine");
    assert_eq!(machine.resume(Ok(PlainValue::None)), Ok(()));
    assert_eq!(machine.run(u64::MAX), Outcome::Finished);
    assert_eq!(machine.take_stdout(), "200000 True\n");
}
