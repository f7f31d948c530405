#!/usr/bin/env python3
"""check_schema.py SCHEMA TRACE: every line of the trace fits the schema, and spoilt lines do not.

Exit code 77: python3-jsonschema is not there."""
import json
import sys

try:
    from jsonschema import Draft7Validator
except ImportError:
    sys.exit(77)


def spoilt(value):
    """The value with one key missing, each in turn, and with one key too many."""
    optional = {"cause", "connection", "on_wire_ns", "received_ns", "retransmission_of", "transaction",
                "dialog", "subject", "scenario_sha256", "reference", "stopped_ns"}
    for key in value:
        always = key in ("from", "to") or key not in optional
        if always or (key == "connection" and value.get("event") != "message"):
            if not (value.get("event") in ("note", "media") and key == "subject"):
                yield f"without {key}", {k: v for k, v in value.items() if k != key}
    yield "with one key more", {**value, "unheard_of": 1}
    for key, item in value.items():
        if isinstance(item, int) and not isinstance(item, bool):
            yield f"with a text as {key}", {**value, key: str(item)}
            yield f"with a negative {key}", {**value, key: -1}


def main(schema_path, trace_path):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    failures = 0
    with open(trace_path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            value = json.loads(line)
            for error in validator.iter_errors(value):
                print(f"{trace_path}:{number}: {error.message}")
                failures += 1
            for how, bad in spoilt(value):
                if validator.is_valid(bad):
                    print(f"{trace_path}:{number}: accepted {how}")
                    failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
