use super::*;

fn codes(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

fn compiled(pattern: &str) -> Result<Program, Error> {
    compile(&codes(pattern), true, 0, &mut Unlimited)
}

/// Runs to the end, in portions, with all the room it wants; the steps it took.
fn run(program: &Program, text: &str, mode: Mode) -> (Option<Vec<u32>>, usize) {
    let mut matcher = Matcher::default();
    matcher.begin(program, 0, mode, false);
    matcher.allow_bytes(256);
    let subject = if text.is_ascii() {
        Subject::Narrow(text.as_bytes())
    } else {
        Subject::Wide { text: text.as_bytes(), surrogates: false }
    };
    let mut total = 0;
    loop {
        let (progress, steps) = matcher.run(program, subject, 97);
        total += steps;
        match progress {
            Progress::Matched => return (Some(matcher.spans().to_vec()), total),
            Progress::Failed => return (None, total),
            Progress::Paused(Pause::Steps) => {}
            Progress::Paused(Pause::Room) => matcher.allow_bytes(matcher.allowed_bytes() * 2),
        }
    }
}

fn search(pattern: &str, text: &str) -> Option<Vec<u32>> {
    run(&compiled(pattern).unwrap(), text, Mode::Search).0
}

#[test]
fn finds_the_leftmost_match_and_its_groups() {
    assert_eq!(search("b+", "abbc"), Some(vec![1, 3]));
    assert_eq!(search("(a|ab)(c|bcd)(d*)", "abcd"), Some(vec![0, 4, 0, 1, 1, 4, 4, 4]));
    assert_eq!(search("x", "abc"), None);
    assert_eq!(search("é(.)", "aé日"), Some(vec![1, 6, 3, 6]));
}

#[test]
fn atomic_parts_give_nothing_back() {
    for pattern in ["(?>a+)ab", "(?>a|ab)c", "a++ab", "(?:a|b)*+b", "(?>a*?b?)bb"] {
        assert_eq!(search(pattern, "aaabc").filter(|_| pattern != "(?>a*?b?)bb"), None, "{pattern}");
    }
    assert_eq!(search("(?>(a)|b)*c", "abac"), Some(vec![0, 4, 2, 3]));
}

#[test]
fn lookarounds_keep_or_undo_groups() {
    assert_eq!(search("(?=(a+))a", "aab"), Some(vec![0, 1, 0, 2]));
    assert_eq!(search("(?!(a)b)a", "abac"), Some(vec![2, 3, UNSET, UNSET]));
    assert_eq!(search("(?<=é)b", "béb"), Some(vec![3, 4]));
}

#[test]
fn the_number_of_steps_is_the_same_every_time() {
    let program = compiled(r"(?:(\w+)\s?)*=").unwrap();
    let text = "one two three four";
    assert_eq!(run(&program, text, Mode::Match).1, run(&program, text, Mode::Match).1);
}

#[test]
fn catastrophic_patterns_pause_instead_of_running_on() {
    let text = format!("{}b", "a".repeat(60));
    for pattern in ["(a+)+$", "(a|aa)+$", "(a|a)*$", "(?:a*)*c", "(.*)*(.*)*x", r"(a*)*\1x", "(?:(?:a?){30}){30}b$x"] {
        let program = compiled(pattern).unwrap();
        let mut matcher = Matcher::default();
        matcher.begin(&program, 0, Mode::Match, false);
        matcher.allow_bytes(1 << 20);
        for _ in 0..50 {
            let (progress, steps) = matcher.run(&program, Subject::Narrow(text.as_bytes()), 1000);
            assert_eq!(progress, Progress::Paused(Pause::Steps), "{pattern}");
            assert!(steps < 10_000, "{pattern}: {steps}");
        }
    }
}

#[test]
fn the_stack_stays_within_what_it_is_allowed() {
    let program = compiled("(?:a|b)*c").unwrap();
    let text = "ab".repeat(100_000);
    let mut matcher = Matcher::default();
    matcher.begin(&program, 0, Mode::Match, false);
    matcher.allow_bytes(1 << 12);
    // A set, so that it is a run and needs no stack; the second one does.
    assert_eq!(matcher.run(&program, Subject::Narrow(text.as_bytes()), u32::MAX).0, Progress::Failed);
    let program = compiled("(?:a|bc?)*d").unwrap();
    matcher.begin(&program, 0, Mode::Match, false);
    assert_eq!(matcher.run(&program, Subject::Narrow(text.as_bytes()), u32::MAX).0, Progress::Paused(Pause::Room));
}

#[test]
fn programs_are_small_whatever_the_repetitions_say() {
    for pattern in
        ["a{1000000000}", "(?:ab){1000000000}", "(?:(?:a{9999}b){9999}){9999}", "(a{4294967294}){4294967294}"]
    {
        let program = compiled(pattern).unwrap();
        assert!(program.extra_bytes() < 4096, "{pattern}: {}", program.extra_bytes());
        assert_eq!(run(&program, "aaaa", Mode::Search).0, None);
    }
}

/// However few steps it is given at a time, the matcher comes to the same result.
#[test]
fn pauses_change_nothing() {
    let text = format!("{}x{}", "ab ".repeat(300), "é".repeat(300));
    let patterns = [
        "(.*)b",
        ".*?x(.*)",
        r"(\w+\s)*x",
        "(?s).*z",
        "(?:[^z]*)x",
        "(?>.*?b).*b",
        "(?:a|b| )*+x(é*?)$",
        "([ab ]{5,9}){3,}",
        r"(?=(.*)x)\w+?\b.*\1",
        "(?:(?:ab|b) ?)*$",
        "[^x]*+x",
        "(?<!z)x.{3}",
    ];
    for pattern in patterns {
        let program = compiled(pattern).unwrap();
        let mut results = Vec::new();
        for portion in [1, 2, 7, 1_000_000] {
            let mut matcher = Matcher::default();
            matcher.begin(&program, 0, Mode::Search, false);
            matcher.allow_bytes(1 << 20);
            let subject = Subject::Wide { text: text.as_bytes(), surrogates: false };
            let mut pauses = 0;
            let progress = loop {
                match matcher.run(&program, subject, portion).0 {
                    Progress::Paused(Pause::Steps) => pauses += 1,
                    progress => break progress,
                }
                assert!(pauses < 10_000_000, "{pattern}");
            };
            results.push((progress, matcher.spans().to_vec()));
        }
        assert!(results.iter().all(|result| *result == results[0]), "{pattern}: {results:?}");
    }
}

#[test]
fn depth_is_limited() {
    for (open, close) in [("(", ")"), ("(?:", ")"), ("(?=", ")"), ("(?<=", ")"), ("(?>", ")"), ("(?i:", ")")] {
        let nested = |depth: usize| format!("{}a{}", open.repeat(depth), close.repeat(depth));
        assert!(compiled(&nested(150)).is_ok(), "{open}");
        assert_eq!(compiled(&nested(100_000)).err(), Some(Error::TooDeep), "{open}");
        assert_eq!(compiled(&open.repeat(100_000)).err(), Some(Error::TooDeep), "{open}");
    }
    let conditions = format!("(){}a{}", "(?(1)".repeat(100_000), ")".repeat(100_000));
    assert_eq!(compiled(&conditions).err(), Some(Error::TooDeep));
}

#[test]
fn wide_patterns_take_linear_work() {
    let alternatives: Vec<String> = (0..20_000).map(|number| format!("x{number}y")).collect();
    let program = compiled(&alternatives.join("|")).unwrap();
    assert_eq!(run(&program, "x19999y", Mode::Match).0, Some(vec![0, 7]));
    let names: String = (0..5_000).map(|number| format!("(?P<n{number}>a)?")).collect();
    assert_eq!(compiled(&names).unwrap().groups(), 5_000);
    let sets = r"[\0-\U0010ffff]".repeat(2_000);
    assert!(compile(&codes(&sets), true, IGNORECASE, &mut Unlimited).is_ok());
}

struct Scarce(usize);

impl Meter for Scarce {
    fn spend(&mut self, steps: usize) -> bool {
        self.0 = self.0.saturating_sub(steps);
        self.0 > 0
    }
    fn hold(&mut self, _bytes: usize) -> bool {
        true
    }
}

#[test]
fn compilation_stops_when_the_meter_gives_up() {
    let pattern = codes(&"[ -\u{2000}]".repeat(1000));
    let compiled = compile(&pattern, true, IGNORECASE, &mut Scarce(100_000));
    assert_eq!(compiled.err(), Some(Error::Stopped));
}

#[test]
fn loops_over_nothing_end() {
    for pattern in
        ["(?:)*", "(?:a*)*", "(?:a?)*?b", "(?:|a)+", "(?:(?=a))*", "(?:$)*", "(?:a*?)*?$", "(?:)*+", "(?:a*)*+"]
    {
        assert!(search(pattern, "aab").is_some() || pattern.ends_with('b'), "{pattern}");
    }
}

/// Any text is a pattern or an error, and any pattern runs over any text without panic.
#[test]
fn random_patterns_do_no_harm() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let pieces = [
        "a", "b", "é", ".", "*", "+", "?", "{2}", "{1,3}", "{,}", "(", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>",
        "(?P<n>", "(?P=n)", "(?(1)", "|", "[", "]", "^", "$", "-", "\\", "\\b", "\\w", "\\W", "\\1", "\\Z", "(?i)",
        "(?x:", "#", " ", "\\x4", "ſ",
    ];
    let texts = ["", "aab", "éaſb é", "ab ab\n"];
    for _ in 0..20_000 {
        let pattern: String = (0..next(10) + 1).map(|_| pieces[next(pieces.len())]).collect();
        let flags = [0, IGNORECASE, MULTILINE | DOTALL, ASCII][next(4)];
        let Ok(program) = compile(&codes(&pattern), true, flags, &mut Unlimited) else { continue };
        for text in texts {
            for mode in [Mode::Search, Mode::Match, Mode::Full] {
                if let (Some(spans), _) = run(&program, text, mode) {
                    assert!(spans.iter().all(|at| *at == UNSET || text.is_char_boundary(*at as usize)), "{pattern}");
                }
            }
        }
    }
}

#[test]
fn templates() {
    let named = |name: &str| (name == "x").then_some(1);
    let parsed = |text: &str| parse_template(&codes(text), true, 2, named);
    assert_eq!(
        parsed(r"a\1\g<x>\g<0>\n"),
        Ok(vec![
            TemplatePart::Literal(codes("a")),
            TemplatePart::Group(1),
            TemplatePart::Group(1),
            TemplatePart::Group(0),
            TemplatePart::Literal(codes("\n")),
        ])
    );
    assert_eq!(parsed(r"\3"), Err(Error::Pattern("invalid group reference 3".to_owned(), Some(1))));
    assert_eq!(parsed(r"\g<y>"), Err(Error::Index("unknown group name 'y'".to_owned())));
}
