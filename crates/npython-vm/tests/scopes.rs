//! Scopes: what is in force where, what is refused, and what a stored machine has.
#![expect(clippy::panic, clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use npython_vm::{
    Halt, HostFunction, Machine, MachineLimits, MachineOptions, Outcome, PlainValue, ScopeEventKind, ScopeRequest,
    ScopeToken,
};

fn functions() -> Arc<[HostFunction]> {
    let scoped = |name: &str, strict| HostFunction { scope: Some("X".to_owned()), strict, ..HostFunction::from(name) };
    Arc::from([scoped("use", false), scoped("use_strictly", true), HostFunction::from("note")])
}

fn limits() -> MachineLimits {
    MachineLimits { gas: 10_000_000, ..MachineLimits::default() }
}

fn start(source: &str) -> Machine {
    let code = npython_compiler::compile(source, "<program>", &npython_compiler::CompileOptions::default());
    let code = code.unwrap_or_else(|error| panic!("{}", error.to_traceback()));
    let mut machine = Machine::new(limits(), MachineOptions { collect_always: true, ..MachineOptions::default() });
    machine.define_host_functions(&functions());
    machine.record_scope_events();
    machine.set_global("sealed", &PlainValue::Token(7)).expect("room");
    assert_eq!(machine.start(&code), Ok(()));
    machine
}

/// The host: tokens starting with "good" and the sealed token 7 are granted, numbered from 1.
fn decide(request: &ScopeRequest, granted: &mut u32) -> Result<u32, String> {
    let good = match &request.token {
        ScopeToken::Plain(text) => text.starts_with("good"),
        ScopeToken::Sealed(number) => *number == 7,
    };
    if !good {
        return Err("a bad token".to_owned());
    }
    *granted += 1;
    Ok(*granted)
}

/// How the program ended, and the grants that each call had.
fn run(source: &str, stored: bool) -> (String, Vec<Vec<u32>>) {
    let mut machine = start(source);
    let (mut granted, mut calls) = (0, Vec::new());
    loop {
        let mut outcome = machine.run(if stored { 7 } else { 100_000 });
        if stored && !matches!(outcome, Outcome::Finished | Outcome::Raised(_) | Outcome::Halted(_)) {
            let bytes = machine.snapshot().expect("a snapshot");
            machine = Machine::restore(&bytes, limits(), &functions()).unwrap_or_else(|error| panic!("{error}"));
            // What was granted before has numbers again, in the order of the blocks.
            let answers = machine.unconfirmed_grants().iter().map(|request| decide(request, &mut 100)).collect();
            machine.confirm_grants(answers).expect("granted again");
            if let Outcome::EnterScope(request) = &outcome {
                assert_eq!(machine.pending_scope_request().as_ref(), Some(&**request));
            }
            if let Outcome::HostCall(_) = &outcome {
                outcome = Outcome::HostCall(Box::new(machine.pending_host_call().expect("a call")));
            }
        }
        let ended = match outcome {
            Outcome::SliceUsedUp => continue,
            Outcome::EnterScope(request) => match machine.answer_scope(decide(&request, &mut granted)) {
                Ok(()) => continue,
                Err(halt) => format!("{halt:?}"),
            },
            Outcome::HostCall(call) => {
                calls.push(call.grants.clone());
                machine.resume(Ok(PlainValue::None)).expect("room");
                continue;
            }
            Outcome::Finished => "finished".to_owned(),
            Outcome::Raised(error) => error.traceback,
            Outcome::Halted(Halt::SecurityViolation { line, function, .. }) => format!("{function} line {line}"),
            Outcome::Halted(halt) => format!("{halt:?}"),
            Outcome::Waiting { .. } => "waiting".to_owned(),
        };
        return (ended, calls);
    }
}

fn ends(source: &str, ended: &str, calls: &[&[u32]]) {
    let (found, found_calls) = run(source, false);
    assert!(found.contains(ended), "{source}\n{found}");
    assert_eq!(found_calls, calls, "{source}");
    let (stored, stored_calls) = run(source, true);
    assert_eq!(stored, found, "stored and loaded: {source}");
    let counts = |calls: &[Vec<u32>]| calls.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(counts(&stored_calls), counts(&found_calls), "stored and loaded: {source}");
}

#[test]
fn a_grant_is_in_force_in_its_block_only() {
    ends("use()", "use line 1", &[]);
    ends("with scope('X', 'good'):\n    use()\n", "finished", &[&[1]]);
    ends("with scope('X', sealed):\n    use()\n", "finished", &[&[1]]);
    ends("with scope('X', 'good'):\n    pass\nuse()\n", "use line 3", &[]);
    ends("with scope('Y', 'good'):\n    use()\n", "use line 2", &[]);
    ends("def f():\n    use()\nwith scope('X', 'good'):\n    f()\nf()\n", "use line 2", &[&[1]]);
}

#[test]
fn blocks_of_one_name_add_up() {
    let source =
        "with scope('X', 'good'):\n    with scope('Y', 'good'), scope('X', 'good'):\n        use()\n    use()\n";
    ends(source, "finished", &[&[1, 3], &[1]]);
}

#[test]
fn strict_functions_count_calls_written_in_the_block() {
    ends("with scope('X', 'good'):\n    use_strictly()\n", "finished", &[&[1]]);
    ends("def f():\n    use_strictly()\nwith scope('X', 'good'):\n    f()\n", "use_strictly line 2", &[]);
    let nested = "def f():\n    with scope('X', 'good'):\n        use_strictly()\nwith scope('X', 'good'):\n    f()\n";
    ends(nested, "finished", &[&[2]]);
}

#[test]
fn generators_keep_their_own_and_share_nothing() {
    let opener = "def g():\n    with scope('X', 'good'):\n        use()\n        yield 1\n        use()\n";
    ends(&format!("{opener}i = g()\nnext(i)\nuse()\n"), "use line 8", &[&[1]]);
    ends(&format!("{opener}for x in g():\n    pass\n"), "finished", &[&[1], &[1]]);
    ends(&format!("{opener}i = g()\nnext(i)\ni.close()\nuse()\n"), "use line 9", &[&[1]]);
    let user = "def g():\n    while True:\n        use()\n        yield 1\ni = g()\n";
    ends(&format!("{user}with scope('X', 'good'):\n    next(i)\nnext(i)\n"), "use line 3", &[&[1]]);
}

#[test]
fn every_way_out_ends_it() {
    for leaving in ["return 1", "raise KeyError", "1 / 0"] {
        let source = format!(
            "def f():\n    with scope('X', 'good'):\n        {leaving}\ntry:\n    f()\nexcept Exception:\n    pass\nuse()\n"
        );
        ends(&source, "use line 8", &[]);
    }
    for leaving in ["break", "continue"] {
        let source = format!("for i in range(1):\n    with scope('X', 'good'):\n        {leaving}\nuse()\n");
        ends(&source, "use line 4", &[]);
    }
}

#[test]
fn what_is_no_name_or_token_is_refused() {
    for arguments in ["1, 'good'", "'X', 1", "'X', None", "'X', ['good']", "None, None", "'X', '\\ud800'"] {
        ends(&format!("with scope({arguments}):\n    use()\n"), " line 1", &[]);
    }
    assert!(run("with scope('X', 'bad'):\n    note()\n", false).0.contains("a bad token"));
}

#[test]
fn nothing_runs_after_a_violation() {
    let source = "try:\n    use()\nexcept BaseException:\n    note()\nfinally:\n    note()\n";
    ends(source, "use line 2", &[]);
}

#[test]
fn a_loaded_machine_holds_nothing_until_the_host_gives_it_again() {
    let mut machine = start("with scope('X', 'good'):\n    note()\n    use()\n");
    assert!(matches!(machine.run(1_000_000), Outcome::EnterScope(_)));
    assert_eq!(machine.answer_scope(Ok(5)), Ok(()));
    assert!(matches!(machine.run(1_000_000), Outcome::HostCall(_)));
    let bytes = machine.snapshot().expect("a snapshot");

    let load = || Machine::restore(&bytes, limits(), &functions()).expect("a machine");
    let mut silent = load();
    assert_eq!(silent.resume(Ok(PlainValue::None)), Ok(()));
    let Outcome::Halted(Halt::SecurityViolation { reason, .. }) = silent.run(1_000_000) else { panic!("it ran") };
    assert!(reason.contains("not given again"), "{reason}");

    let mut refused = load();
    assert_eq!(refused.unconfirmed_grants().len(), 1);
    assert!(refused.confirm_grants(vec![Err("expired".to_owned())]).is_err());
    assert!(matches!(refused.run(1_000_000), Outcome::Halted(_)));
    assert!(load().confirm_grants(Vec::new()).is_err(), "no answer is a refusal");

    let mut granted = load();
    assert_eq!(granted.confirm_grants(vec![Ok(9)]), Ok(()));
    assert_eq!(granted.resume(Ok(PlainValue::None)), Ok(()));
    let Outcome::HostCall(call) = granted.run(1_000_000) else { panic!("no call") };
    assert_eq!(call.grants, [9]);
}

#[test]
fn events_tell_what_happened() {
    let mut machine = start("with scope('X', 'good'):\n    pass\nuse()\n");
    assert!(matches!(machine.run(1_000_000), Outcome::EnterScope(_)));
    assert_eq!(machine.answer_scope(Ok(5)), Ok(()));
    assert!(matches!(machine.run(1_000_000), Outcome::Halted(_)));
    let events = machine.take_scope_events();
    let seen: Vec<_> = events.iter().map(|event| (event.kind, event.line, event.grant)).collect();
    use ScopeEventKind::{Entered, Left, Violated};
    assert_eq!(seen, [(Entered, 1, Some(5)), (Left, 1, Some(5)), (Violated, 3, None)]);
}

#[test]
fn a_sealed_token_shows_nothing() {
    let source = "s = sealed\nout = [repr(s), str(s), f'{s}', s == s, s == sealed, type(s).__name__]\n\
                  for f in (len, iter, sorted, float, lambda t: t < t, lambda t: t + t, lambda t: type(t)(), lambda t: t[0]):\n\
                  \x20   try:\n        f(s)\n        out.append(f)\n    except TypeError: pass\nout";
    let mut machine = start(source);
    assert_eq!(machine.run(1_000_000), Outcome::Finished);
    let text = |text: &str| PlainValue::Str(text.to_owned());
    let expected = vec![
        text("<Token>"),
        text("<Token>"),
        text("<Token>"),
        PlainValue::Bool(true),
        PlainValue::Bool(true),
        text("Token"),
    ];
    assert_eq!(machine.result(), PlainValue::List(expected));
}

#[test]
fn a_library_sees_hidden_functions_and_the_program_does_not() {
    let compile = |source: &str| {
        npython_compiler::compile(source, "<library>", &npython_compiler::CompileOptions::default()).expect("valid")
    };
    let hidden = HostFunction { hidden: true, ..HostFunction::from("_use") };
    let table: Arc<[HostFunction]> = Arc::from([hidden]);
    let mut machine = Machine::new(limits(), MachineOptions::default());
    machine.define_host_functions(&table);
    machine.start_library(&compile("_private = 1\ndef public():\n    return _use()\n"), &[0]).expect("room");
    assert_eq!(machine.run(1_000_000), Outcome::Finished);
    machine.publish_library();
    assert_eq!(machine.gas_used(), 0);
    machine.start(&compile("public()\n_use\n")).expect("room");
    assert!(matches!(machine.run(1_000_000), Outcome::HostCall(_)));
    machine.resume(Ok(PlainValue::None)).expect("room");
    let Outcome::Raised(error) = machine.run(1_000_000) else { panic!("it saw the function") };
    assert_eq!(error.type_name, "NameError");
}
