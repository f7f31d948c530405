#!/usr/bin/env python3
"""Rewrites the golden files from what the built command does now: read the diff like code.

    tools/update_golden.py [--command build/dev/tools/trapezoid/trapezoid]

tests/flows/<topic>/<name>.txt      the ladder of each shipped scenario
tests/flows/<topic>/<name>.sha256   the digest of its trace
"""

import argparse
import hashlib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", default=ROOT / "build/dev/tools/trapezoid/trapezoid")
    command = pathlib.Path(parser.parse_args().command).resolve()
    if not command.exists():
        sys.exit(f"{command}: not built")

    def run(*arguments):
        done = subprocess.run([command, *arguments], cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"trapezoid {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout

    for scenario in sorted((ROOT / "scenarios").glob("*/*.json")):
        if scenario.parent.name == "schema":
            continue
        golden = ROOT / "tests/flows" / scenario.relative_to(ROOT / "scenarios").with_suffix(".txt")
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(run("ladder", scenario))
        with tempfile.TemporaryDirectory() as folder:
            run("run", scenario, "--out", folder)
            trace = next(pathlib.Path(folder).glob("*.trace.jsonl")).read_bytes()
        golden.with_suffix(".sha256").write_text(hashlib.sha256(trace).hexdigest() + "\n")


if __name__ == "__main__":
    main()
