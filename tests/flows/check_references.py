#!/usr/bin/env python3
"""Every reference flow and deviation file fits its published JSON Schema.

Exit code 77: python3-jsonschema is not there.
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
    wrong = []
    checked = 0
    for path in sorted((root / "scenarios").glob("*/reference/*.json")):
        kind = "deviations" if path.name.endswith(".deviations.json") else "reference"
        schema = json.loads((root / f"scenarios/schema/{kind}.schema.json").read_text("utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        checked += 1
        for error in jsonschema.Draft7Validator(schema).iter_errors(json.loads(path.read_text("utf-8"))):
            wrong.append(f"{path}: {error.json_path}: {error.message}")
    print(f"{checked} files, {len(wrong)} mistakes")
    print("\n".join(wrong))
    return 1 if wrong or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
