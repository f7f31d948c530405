#!/usr/bin/env python3
"""Runs the built command: command_test.py PROGRAM SOURCE_FOLDER with-simgrid|without-simgrid."""

import json
import os
import pathlib
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

import zsh_completion

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
HAS_SIMGRID = sys.argv[3] == "with-simgrid"
FLAGSHIP = str(ROOT / "scenarios/rfc3665/3.2.json")
VERBS = "run validate list ladder stats machines schema completion man version".split()


def trapezoid(*arguments, stdin="", environment=None, **options):
    return subprocess.run(
        [PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **(environment or {})},
        check=False,
        **options,
    )


class Command(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def fails(self, arguments, message, exit_code=2, **options):
        result = trapezoid(*arguments, **options)
        self.assertIn(message, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.returncode, exit_code)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def small(self):
        return self.write("small.json", (ROOT / "tests/scenario/small.json").read_text("utf-8"))


class Help(Command):
    def test_lists_every_verb(self):
        result = trapezoid("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for verb in VERBS:
            self.assertRegex(result.stdout, rf"(?m)^  {verb}\b")

    def test_every_verb_has_its_own(self):
        for verb in VERBS:
            result = trapezoid(verb, "-h")
            self.assertEqual(result.returncode, 0, verb)
            self.assertIn(f"trapezoid {verb}", result.stdout)

    def test_version_names_program_and_trace_format(self):
        result = trapezoid("version")
        self.assertRegex(result.stdout, r"\Atrapezoid \d+\.\d+\.\d+\ntrace format \d+\n")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(trapezoid("--version").stdout, result.stdout)
        self.assertEqual(trapezoid("run", "--version").stdout, result.stdout)

    def test_is_found_under_the_names_that_people_try(self):
        self.assertEqual(trapezoid("help").stdout, trapezoid("--help").stdout)
        self.assertEqual(trapezoid("help", "run").stdout, trapezoid("run", "--help").stdout)
        self.fails(["help", "rnu"], 'there is no command "rnu", did you mean run?')
        self.fails(["rnu", "--help"], 'there is no command "rnu", did you mean run?')


class Usage(Command):
    def test_unknown_verb_is_answered_with_the_nearest(self):
        self.fails(["rnu"], 'there is no command "rnu", did you mean run?')
        self.fails(["valdate", FLAGSHIP], 'there is no command "valdate", did you mean validate?')
        self.fails(["--color", "never", "machins"], "did you mean machines?")

    def test_unknown_option_is_answered_with_the_nearest(self):
        self.fails(["run", FLAGSHIP, "--sed", "1"], "there is no option --sed, did you mean --se")
        self.fails(["run", "--formt=text"], "there is no option --formt, did you mean --format?")
        self.fails(["machines", "--colour", "never"], "did you mean --color?")

    def test_nothing_at_all_is_a_mistake(self):
        self.fails([], "try \"trapezoid --help\"")
        self.fails(["run"], "SCENARIO is missing")
        self.fails(["run"], "try \"trapezoid run --help\"")

    def test_too_little_and_too_much_is_said_so(self):
        self.fails(["run", FLAGSHIP, "--seed"], "--seed: a value is missing")
        self.fails(["man", "foo"], 'nothing is to be done with "foo"')
        self.fails(["machines", "--format", "txt"], 'expected text or mermaid, not "txt", did you')

    def test_an_option_that_stands_twice_is_said_so(self):
        self.fails(["run", FLAGSHIP, "--seed", "1", "--seed", "2"], "--seed may stand only once")

    def test_a_file_that_can_be_no_trace_is_said_so(self):
        for name, text, kind in [("a.txt", "INVITE F1", "no JSON object"),
                                 ("b.txt", " \n", "an empty file"), ("c.bin", "x\0y", "a binary file"),
                                 ("d.xml", "<?xml version='1.0'?>", "an XML file")]:
            self.fails(["ladder", self.write(name, text)],
                       f"{name}: this is {kind}; expected a trace, which")
        self.fails(["validate", self.write("c.bin", "x\0y")],
                   "c.bin:1:1: this is a binary file, expected a scenario\n")
        self.fails(["validate", self.write("e.txt", "x")], "e.txt:1:1: not JSON: found 'x'")
        self.fails(["stats", ""], "the name of a file is empty")

    def test_numbers_are_strict(self):
        for seed in ["-1", "0x10", "1e3", "1.0", " 1", "1 ", "+1", "18446744073709551616", "one"]:
            self.fails(["run", FLAGSHIP, f"--seed={seed}"], "expected a whole number from 0 to")

    def test_words_are_strict(self):
        self.fails(["ladder", FLAGSHIP, "--format", "pdf"],
                   'expected text, text-times or json, not "pdf"')
        self.fails(["machines", "--format", "TEXT"], "TEXT")
        self.fails(["--color", "blue", "version"], "blue")
        self.fails(["completion", "fish"], "fish")

    def test_overrides_must_be_pointer_and_value(self):
        self.fails(["validate", FLAGSHIP, "--set", "seed=2"], 'expected a JSON pointer that starts')
        self.fails(["validate", FLAGSHIP, "--set", "/seed"], "expected /json/pointer=value")

    def test_color_only_when_asked_for(self):
        colored = trapezoid("--color", "always", "rnu").stderr
        self.assertIn("\x1b[", colored)
        self.assertNotIn("\x1b[", trapezoid("rnu").stderr)
        again = trapezoid("--color", "always", "rnu", environment={"NO_COLOR": "1"}).stderr
        self.assertIn("\x1b[", again)


class Validate(Command):
    def test_says_that_a_scenario_is_valid(self):
        result = trapezoid("validate", FLAGSHIP)
        self.assertEqual(result.stdout, f"{FLAGSHIP}: valid, 4 elements, 1 action\n")
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_reads_standard_input(self):
        text = pathlib.Path(self.small()).read_text("utf-8")
        self.assertEqual(trapezoid("validate", "-", stdin=text).returncode, 0)
        self.fails(["validate", "-"], "-:1:1: the file is empty", stdin="")

    def test_reports_every_mistake_at_once(self):
        broken = ROOT / "tests/scenario/broken/wrong_types.json"
        result = trapezoid("validate", str(broken))
        expected = (broken.with_suffix(".txt")).read_text("utf-8")
        self.assertEqual(result.stderr.replace(f"{broken.parent}/", ""), expected)
        self.assertEqual((result.returncode, result.stdout), (2, ""))

    def test_takes_several_files_and_goes_on_after_a_broken_one(self):
        broken = str(ROOT / "tests/scenario/broken/wrong_types.json")
        result = trapezoid("validate", broken, "rfc3665/3.2")
        self.assertEqual(result.stdout, "rfc3665/3.2: valid, 4 elements, 1 action\n")
        self.assertIn("wrong_types.json:", result.stderr)
        self.assertEqual(result.returncode, 2)

    def test_tells_other_programs_as_json(self):
        broken = str(ROOT / "tests/scenario/broken/not_modelled.json")
        result = trapezoid("validate", "--format", "json", FLAGSHIP, broken)
        first, second = json.loads(result.stdout)
        self.assertEqual(first, {"file": FLAGSHIP, "valid": True, "problems": []})
        self.assertEqual(second["valid"], False)
        self.assertEqual(second["problems"][0], {
            "file": broken, "line": 9, "column": 30, "pointer": "/network/tcp/header_bytes",
            "message": "expected an integer from 20 to 1000, not 0"})
        self.assertEqual((result.returncode, result.stderr), (2, ""))

    def test_a_trace_is_no_scenario(self):
        path = self.write("t.jsonl", '{"trapezoid_trace": 1}\n')
        self.fails(["validate", path], "t.jsonl:1:1: this is a trace, expected a scenario")

    def test_a_file_that_may_not_be_read_is_said_so(self):
        path = self.write("secret.json", "{}")
        os.chmod(path, 0)
        if os.geteuid() != 0:
            self.fails(["validate", path], "Permission denied")
        elif shutil.which("setpriv") is None:
            self.skipTest("root may read everything")
        else:
            os.chmod(self.folder, 0o755)
            result = subprocess.run(
                ["setpriv", "--reuid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all",
                 PROGRAM, "validate", path], capture_output=True, text=True, check=False)
            if "setpriv" in result.stderr or "cannot execute" in result.stderr:
                self.skipTest("the user cannot be changed here")
            self.assertIn("Permission denied", result.stderr)
            self.assertEqual(result.returncode, 2)

    def test_directories_and_missing_files_are_said_so(self):
        self.fails(["validate", str(self.folder)], "is a directory, expected a file")
        self.fails(["validate", str(self.folder / "x")], "No such file or directory")

    def test_overrides_are_blamed_for_what_they_break(self):
        self.fails(["validate", FLAGSHIP, "--set", "/actions/0/element=carol"],
                   '--set /actions/0/element: there is no element "carol"')
        self.fails(["validate", FLAGSHIP, "--set", "/elemnts/0/port=1"],
                   'did you mean "elements"?')
        self.assertEqual(trapezoid("validate", "--set", "/seed=2", FLAGSHIP).returncode, 0)


class List(Command):
    def test_finds_the_shipped_scenarios_from_anywhere(self):
        result = trapezoid("list", cwd=self.folder)
        self.assertRegex(result.stdout, r"(?m)^rfc3665/3.2 +Session Establishment Through Two Proxies"
                                        r" +reference rfc3665/3.2$")
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_tells_other_programs_as_json(self):
        entries = {entry["name"]: entry for entry in json.loads(
            trapezoid("list", "--format", "json", cwd=self.folder).stdout)}
        self.assertEqual(entries["rfc3665/3.2"], {
            "name": "rfc3665/3.2", "path": FLAGSHIP, "valid": True, "reference": "rfc3665/3.2",
            "title": "Session Establishment Through Two Proxies"})

    def test_its_names_are_taken_wherever_a_scenario_is(self):
        result = trapezoid("validate", "rfc3665/3.2", "rfc3665/3.2.json", cwd=self.folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_a_file_of_the_same_name_wins(self):
        (self.folder / "rfc3665").mkdir()
        self.write("rfc3665/3.2", "mine")
        self.fails(["validate", "rfc3665/3.2"], "rfc3665/3.2:1:1: not JSON", cwd=self.folder)

    def test_a_name_that_is_none_is_answered_with_the_nearest(self):
        self.fails(["validate", "rfc3665/3.22"], "did you mean the shipped scenario rfc3665/3.2?")
        self.fails(["stats", "rfc3665/3.22"], "did you mean the shipped scenario rfc3665/3.2?")
        self.fails(["validate", "/no/such/thing/at/all"], '"trapezoid list" names the shipped')

    def test_takes_another_folder(self):
        self.small()
        result = trapezoid("list", "--dir", str(self.folder))
        self.assertEqual(result.stdout, f"{self.folder}/small.json  small\n")
        self.fails(["list", "--dir", str(self.folder / "x")], "No such file or directory")


class Machines(Command):
    def test_prints_the_four_figures(self):
        text = trapezoid("machines").stdout
        for label in ["5.1", "6.1", "7.1", "8.1"]:
            self.assertIn(label, text)
        mermaid = trapezoid("machines", "--format", "mermaid").stdout
        self.assertEqual(mermaid.count("stateDiagram-v2"), 4)


class Schema(Command):
    def test_prints_the_documents_as_they_are_in_the_source(self):
        self.assertEqual(trapezoid("schema", "scenario", cwd=self.folder).stdout,
                         (ROOT / "scenarios/schema/scenario.schema.json").read_text("utf-8"))
        self.assertEqual(trapezoid("schema", "rfc3665/3.2").stdout,
                         (ROOT / "scenarios/rfc3665/reference/3.2.json").read_text("utf-8"))

    def test_lists_their_names(self):
        names = trapezoid("schema").stdout.split()
        self.assertIn("scenario", names)
        self.assertEqual(names, sorted(names))
        for name in names:
            json.loads(trapezoid("schema", name).stdout)

    def test_unknown_name_is_answered_with_the_nearest(self):
        self.fails(["schema", "scenaro"], "did you mean scenario?")


class Files(Command):
    def test_output_goes_to_a_file_of_the_usual_mode(self):
        path = self.folder / "m.txt"
        result = trapezoid("machines", "-o", str(path))
        self.assertEqual((result.stdout, result.returncode), ("", 0))
        self.assertEqual(path.read_text("utf-8"), trapezoid("machines").stdout)
        mask = os.umask(0)
        os.umask(mask)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o666 & ~mask)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["m.txt"])

    def test_no_file_is_half_written(self):
        path = self.folder / "m.txt"
        path.write_text("before")
        limit = lambda: __import__("resource").setrlimit(1, (512, 512))  # RLIMIT_FSIZE
        keep = lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), limit())
        self.fails(["machines", "-o", str(path)], "cannot write", preexec_fn=keep)
        self.assertEqual(path.read_text(), "before")
        self.assertEqual([p.name for p in self.folder.iterdir()], ["m.txt"])

    def test_a_link_stays_a_link(self):
        target = self.folder / "target.txt"
        target.write_text("before")
        (self.folder / "link.txt").symlink_to(target)
        trapezoid("machines", "-o", str(self.folder / "link.txt"))
        self.assertTrue((self.folder / "link.txt").is_symlink())
        self.assertNotEqual(target.read_text(), "before")

    def test_devices_are_written_to_and_folders_are_not(self):
        self.assertEqual(trapezoid("machines", "-o", "/dev/null").returncode, 0)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        self.fails(["machines", "-o", str(self.folder)], "Is a directory")
        self.fails(["machines", "-o", str(self.folder / "x/y")], "No such file or directory")

    def test_a_full_disk_is_no_success(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([PROGRAM, "machines"], stdout=full, stderr=subprocess.PIPE,
                                    text=True, check=False)
        self.assertIn("cannot write to standard output", result.stderr)
        self.assertEqual(result.returncode, 3)

    def test_a_reader_that_goes_away_is_no_failure(self):
        reader, writer = os.pipe()
        os.close(reader)
        result = subprocess.run([PROGRAM, "machines"], stdout=writer, stderr=subprocess.PIPE,
                                text=True, check=False)
        os.close(writer)
        self.assertEqual((result.returncode, result.stderr), (0, ""))


class Shells(Command):
    def test_bash_accepts_its_completion_and_completes(self):
        script = trapezoid("completion", "bash").stdout
        path = self.write("trapezoid.bash", script)
        subprocess.run(["bash", "-n", path], check=True)

        def complete(*words):
            line = " ".join(f"'{word}'" for word in words)
            asked = (f"source {path}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
                     "_trapezoid; printf '%s\\n' \"${COMPREPLY[@]}\"")
            return subprocess.run(["bash", "-c", asked], capture_output=True, text=True,
                                  cwd=self.folder, check=True).stdout.split()

        self.assertEqual(complete("trapezoid", "ma"), ["machines", "man"])
        self.assertEqual(complete("trapezoid", "machines", "--format", ""), ["text", "mermaid"])
        self.assertEqual(complete("trapezoid", "run", "--see"), ["--seed"])
        self.assertEqual(complete("trapezoid", "run", "--color", "al"), ["always"])
        self.assertEqual(complete("trapezoid", "machines", "--format", "=", "m"), ["mermaid"])
        self.assertEqual(complete("trapezoid", "machines", "--format", "="), ["text", "mermaid"])
        self.assertEqual(complete("trapezoid", "completion", "z"), ["zsh"])
        self.assertEqual(complete(PROGRAM, "schema", "sc"), ["scenario"])
        self.assertEqual(complete(PROGRAM, "run", "rfc"), ["rfc3665/3.2"])
        self.assertEqual(complete("trapezoid", "run", "trap"), ["trapezoid.bash"])

    def test_zsh_accepts_its_completion_and_completes(self):
        script = trapezoid("completion", "zsh").stdout
        self.assertTrue(script.startswith("#compdef trapezoid\n"))
        if shutil.which("zsh") is None:
            self.skipTest("zsh is not installed")
        subprocess.run(["zsh", "-n", self.write("_trapezoid", script)], check=True)
        inside = self.folder / "inside"
        (inside / "sub").mkdir(parents=True)
        (inside / "mine.json").write_text("{}", "utf-8")
        zsh = zsh_completion.Zsh(PROGRAM, script, self.folder / "zsh", inside)
        self.addCleanup(zsh.close)
        for line, offered in [
            ("trapezoid ", sorted(VERBS)),
            ("trapezoid ma", ["machines", "man"]),
            ("trapezoid --color never ma", ["machines", "man"]),
            ("trapezoid machines --format ", ["mermaid", "text"]),
            ("trapezoid machines --format=m", ["mermaid"]),
            ("trapezoid run --format text,", ["json", "text-times"]),
            ("trapezoid run --see", ["--seed"]),
            ("trapezoid run --seed 1 --se", ["--set"]),
            ("trapezoid run --set /a=1 --set", ["--set"]),
            ("trapezoid run --color al", ["always"]),
            ("trapezoid run -o x --out", ["--out"]),
            ("trapezoid run --out ", ["sub"]),
            ("trapezoid run rfc", ["rfc3665/3.2"]),
            ("trapezoid ladder m", ["mine.json"]),
            ("trapezoid validate basics/direct-call m", ["mine.json"]),
            ("trapezoid schema sc", ["scenario"]),
            ("trapezoid completion z", ["zsh"]),
        ]:
            self.assertEqual(zsh.complete(line), offered, line)

    def test_zsh_completion_may_be_sourced(self):
        if shutil.which("zsh") is None:
            self.skipTest("zsh is not installed")
        path = self.write("_trapezoid", trapezoid("completion", "zsh").stdout)
        result = subprocess.run(
            ["zsh", "-f", "-c", f"autoload -Uz compinit; compinit -u -D; source {path};"
             "print $_comps[trapezoid]"], capture_output=True, text=True, check=True)
        self.assertEqual((result.stdout, result.stderr), ("_trapezoid\n", ""))

    def test_man_page_has_every_verb_and_formats_without_a_warning(self):
        page = trapezoid("man").stdout
        for verb in VERBS:
            self.assertIn(f"\n.SS {verb}\n", page)
        if shutil.which("groff") is None:
            self.skipTest("groff is not installed")
        result = subprocess.run(["groff", "-man", "-Tascii", "-ww", "-z"], input=page,
                                capture_output=True, text=True, check=True)
        self.assertEqual(result.stderr, "")


class Run(Command):
    def setUp(self):
        super().setUp()
        if not HAS_SIMGRID:
            self.fails(["run", FLAGSHIP], "built without SimGrid")
            self.skipTest("built without SimGrid")

    def run_in_threads(self, *arguments, **options):
        # AddressSanitizer does not follow SimGrid's default contexts.
        return trapezoid("run", "--simgrid", "contexts/factory:thread", *arguments, **options)

    def test_shows_the_ladder_and_the_digest_of_the_trace(self):
        result = self.run_in_threads(FLAGSHIP)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for label in ["INVITE F1", "200 F12", "Both Way RTP Media", "200 F23"]:
            self.assertIn(label, result.stdout)
        self.assertRegex(result.stdout, r"\nSHA-256 of the trace: [0-9a-f]{64}\n\Z")

    def test_keeps_trace_and_reports_in_a_folder(self):
        folder = self.folder / "out/deep"
        result = self.run_in_threads(FLAGSHIP, "--out", str(folder), "--format", "text,text-times,json")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(sorted(p.name for p in folder.iterdir()),
                         ["rfc3665-3.2.json", "rfc3665-3.2.times.txt", "rfc3665-3.2.trace.jsonl",
                          "rfc3665-3.2.txt"])
        self.assertTrue(result.stdout.startswith((folder / "rfc3665-3.2.txt").read_text("utf-8")))
        json.loads((folder / "rfc3665-3.2.json").read_text("utf-8"))
        trace = str(folder / "rfc3665-3.2.trace.jsonl")
        ladder = trapezoid("ladder", trace)
        self.assertEqual((ladder.returncode, ladder.stderr), (0, ""))
        self.assertIn("INVITE F1", ladder.stdout)
        self.assertEqual(trapezoid("stats", trace, "--format", "json").returncode, 0)
        json.loads(trapezoid("stats", trace, "--format", "json").stdout)

    def test_same_seed_gives_the_same_and_another_seed_another_trace(self):
        first = self.run_in_threads(FLAGSHIP, "--format", "text-times").stdout
        self.assertEqual(self.run_in_threads(FLAGSHIP, "--format", "text-times").stdout, first)
        other = self.run_in_threads(FLAGSHIP, "--format", "text-times", "--seed", "2").stdout
        self.assertNotEqual(other.splitlines()[-1], first.splitlines()[-1])

    def test_an_expectation_that_fails_is_exit_code_1(self):
        result = self.run_in_threads(FLAGSHIP, "--set", "/expect/messages=22")
        self.assertEqual(result.stderr, "trapezoid: expected 22 messages, there were 23\n")
        self.assertIn("INVITE F1", result.stdout)
        self.assertEqual(result.returncode, 1)
        result = self.run_in_threads(FLAGSHIP, "--set", "/expect={\"outcome\": \"rejected\"}")
        self.assertIn("is rejected, it is established_and_ended\n", result.stderr)
        self.assertEqual(result.returncode, 1)

    def test_a_broken_scenario_writes_nothing(self):
        broken = str(ROOT / "tests/scenario/broken/wrong_types.json")
        out = self.folder / "out"
        self.fails(["run", broken, "--out", str(out)], "/network/links/0/latency_ms: expected")
        self.assertFalse(out.exists())

    def test_takes_the_name_of_a_shipped_scenario(self):
        result = self.run_in_threads("rfc3665/3.2", cwd=self.folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("200 F23", result.stdout)

    def test_says_why_nothing_was_sent(self):
        result = self.run_in_threads(FLAGSHIP, "--set", "/names=[]")
        self.assertRegex(result.stdout, r"What went wrong \(ms\)\n +0.000  Alice  nowhere to send to: "
                                        r"RFC 3263 .*ss1.atlanta.example.com")
        self.assertIn("No message was sent.", result.stdout)
        self.assertEqual(result.returncode, 1)

    def test_says_why_a_proxy_sent_nothing_on(self):
        result = self.run_in_threads(
            FLAGSHIP, "--set", "/actions/0/to=sip:bob@nowhere.example.com")
        self.assertRegex(result.stdout, r"Proxy 1  nowhere to send to: .*nowhere.example.com")

    def test_says_that_nobody_listens(self):
        for formats in ["text", "text-times"]:
            result = self.run_in_threads(
                FLAGSHIP, "--set", "/elements/3/port=6060", "--format", formats)
            self.assertIn("Proxy 2  connection to Bob refused: nobody listens at 192.0.2.201:5060 for "
                          "TCP", result.stdout)

    def test_a_call_that_rings_on_is_over_some_time(self):
        result = self.run_in_threads(FLAGSHIP, "--set", '/elements/3/answering={"ring_after_s": 1}',
                                     "--set", "/expect={}", "--format", "text-times")
        said = "stopped at 86400 s, a day after the last action, with 1 call unanswered\n"
        self.assertEqual((result.returncode, result.stderr), (0, f"trapezoid: {said}"))
        self.assertIn("\nEnd\n  stopped at 86400 s, with 1 call unanswered\n", result.stdout)
        dates = [float(line.split()[1]) for line in result.stdout.splitlines()
                 if line.startswith("F")]
        self.assertGreater(max(dates), 3600e3)
        self.assertLess(max(dates), 86400e3)

    def test_a_run_that_was_stopped_says_so_wherever_it_is_shown(self):
        folder = self.folder / "out"
        result = self.run_in_threads(FLAGSHIP, "--set", "/stop_at_s=5", "--set", "/expect={}",
                                     "--out", str(folder))
        self.assertEqual((result.returncode, result.stderr), (
            0, "trapezoid: stopped at 5 s, as stop_at_s says, with 1 call not hung up\n"))
        trace = folder / "rfc3665-3.2.trace.jsonl"
        last = json.loads(trace.read_text("utf-8").splitlines()[-1])
        self.assertEqual((last["event"], last["stopped_ns"]), ("end", 5_000_000_000))
        for verb in ["ladder", "stats"]:
            shown = trapezoid(verb, str(trace))
            self.assertIn("\nEnd\n  stopped at 5 s, with 1 call not hung up\n", shown.stdout)
            self.assertEqual((shown.returncode, shown.stderr), (0, ""))
            shown = json.loads(trapezoid(verb, str(trace), "--format", "json").stdout)
            self.assertEqual(shown["stopped_ns"], 5_000_000_000)

    def test_a_report_given_back_as_a_trace_is_named(self):
        folder = self.folder / "out"
        self.run_in_threads(FLAGSHIP, "--out", str(folder), "--format", "json")
        ladder = str(folder / "rfc3665-3.2.json")
        trace = str(folder / "rfc3665-3.2.trace.jsonl")
        metrics = str(self.folder / "stats.json")
        trapezoid("stats", trace, "--format", "json", "-o", metrics)
        for verb in ["ladder", "stats"]:
            self.fails([verb, ladder], f"trapezoid: {ladder}: this is a ladder in JSON; expected a "
                       'trace, which "trapezoid run --out DIR" keeps as NAME.trace.jsonl, or a '
                       "scenario\n")
            self.fails([verb, metrics], f"trapezoid: {metrics}: this is statistics in JSON; expected")
        self.fails(["run", ladder], f"{ladder}:1:1: this is a ladder in JSON, expected a scenario\n")
        self.fails(["validate", metrics], ":1:1: this is statistics in JSON, expected a scenario\n")

    def test_a_trace_that_was_cut_is_refused(self):
        folder = self.folder / "out"
        self.run_in_threads(FLAGSHIP, "--out", str(folder))
        lines = (folder / "rfc3665-3.2.trace.jsonl").read_text("utf-8").splitlines(True)
        cut = self.write("cut.jsonl", "".join(lines[:20]))
        self.fails(["ladder", cut], "cut.jsonl:21: the trace was cut")
        self.fails(["stats", cut], "cut.jsonl:21: the trace was cut")
        self.fails(["stats", self.write("cut.jsonl", "".join(lines[:20])[:-9])],
                   "the trace was cut in this line")
        self.fails(["ladder", self.write("tail.jsonl", "".join(lines[1:]))],
                   "tail.jsonl: this is a trace without its first line; expected")

    def test_a_short_run_shows_no_progress_on_a_terminal(self):
        terminal, end = os.openpty()
        with open(end, "wb") as stderr:
            result = subprocess.run(
                [PROGRAM, "run", "--simgrid", "contexts/factory:thread", FLAGSHIP, "--set",
                 "/stop_at_s=0.5", "--set", "/expect={}"], stdout=subprocess.PIPE, stderr=stderr,
                env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"}, check=True)
            stderr.write(b"after")
        said = b""
        while b"after" not in said:
            said += os.read(terminal, 10000)
        said = said.replace(b"\r\n", b"\n")
        os.close(terminal)
        self.assertRegex(said, rb"\Atrapezoid: stopped at 0.5 s[^\n]*\nafter\Z")
        self.assertNotIn(b"\x1b", result.stdout)

    def test_a_platform_that_nothing_can_cross_is_said_so(self):
        head = ('<?xml version="1.0"?>\n'
                '<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">\n')
        hosts = "".join(f'<host id="{name}" speed="1f"/>' for name in "ab")
        route = '<route src="a" dst="b"><link_ctn id="l"/></route>'
        scenario = json.loads(pathlib.Path(self.small()).read_text("utf-8"))
        scenario["network"] = {"platform": "p.xml"}
        path = self.write("s.json", json.dumps(scenario))
        for link, message in [
            ('<link id="l" bandwidth="0Bps" latency="5ms"/>' + route, 'link "l" has no bandwidth'),
            ('<link id="l" bandwidth="1MBps" latency="5ms"/>', 'no route from "a" to "b"'),
            (route, "nothing"),
        ]:
            self.write("p.xml", f'{head}<platform version="4.1"><zone id="z" routing="Full">{hosts}'
                                f"{link}</zone></platform>")
            self.fails(["run", path], "p.xml: " if message == "nothing" else message)

    def test_says_nothing_of_the_kind_when_all_went_well(self):
        self.assertNotIn("What went wrong", self.run_in_threads(FLAGSHIP).stdout)

    def test_settings_of_simgrid_are_checked(self):
        self.fails(["run", FLAGSHIP, "--simgrid", "network/model:CM02"], "network/model")

    def test_a_broken_trace_says_where(self):
        trace = self.folder / "out"
        self.run_in_threads(FLAGSHIP, "--out", str(trace))
        lines = (trace / "rfc3665-3.2.trace.jsonl").read_text("utf-8").splitlines()
        lines[2] = "{}"
        path = self.write("broken.jsonl", "\n".join(lines) + "\n")
        self.fails(["ladder", path], "broken.jsonl:3:")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "--verbose"])
