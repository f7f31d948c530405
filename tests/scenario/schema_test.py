#!/usr/bin/env python3
"""The published JSON Schema accepts every scenario that is shipped and rejects what the reader rejects.

What JSON Schema cannot say (names that refer to each other) is in broken_references/: it is the
reader's alone. Exit code 77: python3-jsonschema is not there.
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)


def main(root):
    schema = json.loads((root / "scenarios/schema/scenario.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = []

    here = root / "tests/scenario"
    shipped = [
        path
        for path in sorted((root / "scenarios").rglob("*.json"))
        if not {"schema", "reference"} & set(path.relative_to(root).parts)
    ]
    good = shipped + [here / "small.json", *sorted((here / "broken_references").glob("*.json"))]
    if len(shipped) == 0:
        failures.append("no scenario is shipped")
    for path in good:
        for error in validator.iter_errors(json.loads(path.read_text("utf-8"))):
            failures.append(f"{path}: rejected at {error.json_path}: {error.message}")

    broken = sorted((here / "broken").glob("*.json"))
    if len(broken) < 10:
        failures.append("the broken scenarios are not there")
    for path in broken:
        if validator.is_valid(json.loads(path.read_text("utf-8"))):
            failures.append(f"{path}: accepted, though the reader rejects it")

    print(f"{len(good)} accepted, {len(broken)} rejected, {len(failures)} wrong")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
