//! Texts made to be expensive: work and memory grow no faster than the text.

use std::alloc::System;
use std::collections::BTreeMap;
use std::io::Write;

use casebook::rules::SAMPLE_PATH;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use crate::kind::Reader;
use crate::support::{TODAY, TestSite};
use crate::worst::{KINDS, numbered};

/// It counts what is asked of it.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Where a process of its own writes what each kind took.
const REPORT: &str = "CASEBOOK_GROWTH_REPORT";

/// Measures all kinds. Started by the test below, so that the time and memory are its own.
#[test]
#[ignore = "the test of growth runs it"]
fn measure_all() {
    let mut report = std::fs::File::create(std::env::var(REPORT).unwrap()).unwrap();
    let mut reader = Reader::default();
    // What is made once is made now.
    reader.read(&KINDS[0], "");
    for kind in KINDS {
        for times in TIMES {
            let text = (kind.text)(kind.count * times);
            let (before, begun) = (ALLOCATOR.stats(), processor_time());
            reader.read(kind, &text);
            let taken = ALLOCATOR.stats() - before;
            let bytes = taken.bytes_allocated + taken.bytes_reallocated.max(0).cast_unsigned();
            let (count, time) = (taken.allocations + taken.reallocations, processor_time() - begun);
            writeln!(report, "{}\t{}\t{count}\t{bytes}\t{time}", kind.name, text.len()).unwrap();
        }
    }
}

/// The processor time of this process in milliseconds, where the system tells.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in parentheses. The times are the fourteenth and fifteenth field, in ticks of 10 ms.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// A run that may take so much memory and no more: its exit code, and the processor time that it took in milliseconds.
fn run(space: &TestSite, mebibytes: usize, arguments: &[&str]) -> (i32, f64) {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--now", TODAY]).collect();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_casebook"));
    measured(limited(mebibytes, program, &arguments).current_dir(space.path("")))
}

/// A shell that runs a program within a limit of memory, and then prints the times.
fn limited(mebibytes: usize, program: &std::path::Path, arguments: &[&str]) -> std::process::Command {
    let script = format!("ulimit -v {}; \"$@\" >/dev/null 2>&1; code=$?; times; exit $code", mebibytes * 1024);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, "sh"]).arg(program).args(arguments);
    command
}

fn measured(command: &mut std::process::Command) -> (i32, f64) {
    let output = command.output().unwrap();
    let times = String::from_utf8(output.stdout).unwrap();
    // The last line is of the program: `0m0.230s 0m0.050s`, for itself and for the system.
    let seconds = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    let taken: f64 = times.lines().last().unwrap().split_whitespace().map(seconds).sum();
    (output.status.code().unwrap_or(-1), taken * 1000.0)
}

/// How many times as long as usual the texts are that are compared: none, two for what a byte takes, and a long one.
const TIMES: [usize; 4] = [0, 1, 2, 8];

/// What is measured, how many times as much a byte of the longest text may take as one of the others, and how much of it is
/// free. The square would take 3.3 times as much. A list that grows takes up to twice the bytes that it needs, and processor
/// time is what other programs disturb.
const MOST: [(&str, f64, f64); 3] =
    [("allocations", 1.5, 5_000.0), ("bytes", 2.2, 1_000_000.0), ("milliseconds", 2.5, 250.0)];

#[test]
fn a_text_four_times_as_long_takes_about_four_times_the_work() {
    let mut slow = too_slow();
    // What other programs disturb is not disturbed in the same place again.
    for _ in 0..2 {
        if slow.is_empty() {
            break;
        }
        let again = too_slow();
        slow.retain(|what, _| again.contains_key(what));
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// What takes more work than its length explains, by the kind of text and what was measured, with the numbers.
fn too_slow() -> BTreeMap<(String, &'static str), String> {
    let test = std::env::current_exe().unwrap();
    let report = tempfile::NamedTempFile::new().unwrap();
    let mut command = limited(1024, &test, &["--exact", "growth::measure_all", "--ignored"]);
    let (code, _) = measured(command.env(REPORT, report.path()).env("RAYON_NUM_THREADS", "1"));
    let text = std::fs::read_to_string(report.path()).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(code, 0, "what comes after {:?} does not end well", lines.last());
    assert_eq!(lines.len(), KINDS.len() * TIMES.len());
    let mut slow = BTreeMap::new();
    for kind in lines.chunks(TIMES.len()) {
        for (at, (what, factor, free)) in MOST.iter().enumerate() {
            // What is there without the text falls out of the differences.
            let more = |from: usize, to: usize, column: usize| {
                let number = |line: usize| kind[line][column].parse::<f64>().unwrap();
                number(to) - number(from)
            };
            let a_byte = |from: usize, to: usize| more(from, to, at + 2) / more(from, to, 1);
            // Between two of them a limit may make an end to something else, such as the page.
            let a_byte = a_byte(0, 1).max(a_byte(1, 2)).max(0.0);
            let (taken, length) = (more(2, 3, at + 2), more(2, 3, 1));
            let times = taken / (a_byte * length);
            let said = format!("{taken:.0} {what} for {length} more bytes, {times:.2} times as many a byte");
            println!("{}: {said}", kind[0][0]);
            if taken > a_byte * length * factor + free {
                slow.insert((kind[0][0].to_owned(), *what), said);
            }
        }
    }
    slow
}

#[test]
fn a_few_kilobytes_never_take_half_a_gigabyte() {
    let table = |n: usize| format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), "|x|\n".repeat(n));
    let texts: &[(&str, String)] = &[
        ("a wide table with short rows", table(750)),
        ("a wider one", table(3_000)),
        ("quotations in each other", "> ".repeat(50_000) + "a"),
        ("lists in each other", "- ".repeat(50_000) + "a"),
        ("quotations and lists in each other", "> - ".repeat(20_000) + "a"),
        ("the deepest quotation with many lines", "> ".repeat(32) + "a\n" + &"b\n".repeat(20_000)),
        ("the deepest list with many lines", "- ".repeat(32) + "a\n" + &"b\n".repeat(20_000)),
        ("blank lines in a deep list", "- ".repeat(4_000) + "a\n" + &"\n".repeat(4_000) + "b"),
    ];
    for (name, text) in texts {
        let space = TestSite::site();
        space.edit("## Root cause\n", &format!("## Root cause\n\n{text}\n\n"));
        let (code, _) = run(&space, 512, &["build"]);
        assert!(matches!(code, 0 | 1), "{name} ends with {code}");
    }
}

#[test]
fn what_is_more_than_is_read_is_one_finding() {
    let quotes = |depth: usize| "> ".repeat(depth) + "a";
    let lists = |depth: usize| "- ".repeat(depth) + "a";
    let entries = |n: usize| "- 2024-03-04 13:31 UTC — a.\n".repeat(n);
    let labels = |n: usize| numbered(n, |at| format!("- **a {at}.** b\n"));
    let texts = |key: &str, n: usize| format!("{key} = [{}]\n", numbered(n, |at| format!("\"x{at}\", ")));
    let cells = |n: usize| format!("|{}\n|{}\n{}", "a|".repeat(101), "-|".repeat(101), "|x|\n".repeat(n));
    let cases: &[(&str, String, String, &str)] = &[
        ("## Root cause\n\n", quotes(32), quotes(33), "more than 32 quotations and lists"),
        ("## Root cause\n\n", lists(32), lists(33), "more than 32 quotations and lists"),
        ("## Root cause\n\n", cells(100), cells(101), "leave out more than 10000 cells"),
        ("## Root cause\n\n", labels(997), labels(998), "more than 1000 items"),
        ("## Timeline\n\n", entries(993), entries(994), "has 1001 entries, and no more than 1000"),
        ("tlp = ", texts("aliases", 1_000), texts("aliases", 1_001), "`aliases` has 1001 items"),
        ("tlp = ", texts("related", 50), texts("related", 51), "`related` has 51 items"),
    ];
    for (place, enough, much, message) in cases {
        let findings = |text: &str| {
            let space = TestSite::site();
            let (before, after) = if place.starts_with('#') { (*place, "\n\n") } else { ("", *place) };
            space.edit(place, &format!("{before}{text}{after}"));
            let run = space.check();
            run.out.lines().filter(|line| line.contains("D013")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(findings(enough), Vec::<String>::new(), "{message}");
        let found = findings(much);
        assert!(matches!(&found[..], [one] if one.contains(message)), "{message}: {found:?}");
    }
}

#[test]
fn a_long_timeline_is_read_to_its_limit() {
    let space = TestSite::site();
    let path = space.path(SAMPLE_PATH);
    space.edit("## Timeline\n\n", &format!("## Timeline\n\n{}", "- 2024-03-04 13:31 UTC — a.\n".repeat(2_000)));
    let text = std::fs::read_to_string(path).unwrap();
    let line = text.lines().position(|line| line == "## Timeline").unwrap() + 3 + 1_000;
    space.check().expect(1, &[&format!("{SAMPLE_PATH}:{line}:3"), "too-much"]);
}
