#!/usr/bin/env python3
"""Checks that modules include only what sim/LAYERS allows, and that third-party headers stay in
their fences. Prints one line a breach; exit code 1 if there is any."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Third-party headers: pattern -> where they may be included.
FENCES = {
    r"simgrid/": ["sim/world/"],
    r"xbt/": ["sim/world/"],
    r"nlohmann/": ["sim/scenario/", "sim/trace/", "sim/render/", "tests/"],
    r"openssl/": ["sim/base/hash.cpp"],
    r"CLI/": ["tools/trapezoid/"],
    r"(gtest|gmock)/": ["tests/"],
    r"benchmark/": ["tests/bench/"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def read_layers():
    layers = {}
    for line in (ROOT / "sim/LAYERS").read_text().splitlines():
        if re.match(r"[a-z]+:", line):
            name, depends = line.split(":")
            layers[name] = set(layers) if depends.strip() == "*" else set(depends.split())
            unknown = layers[name] - set(layers)
            if unknown:
                sys.exit(f"sim/LAYERS: {name} names {sorted(unknown)}, which stand below or nowhere")
    return layers


def breaches(path, layers):
    relative = path.relative_to(ROOT).as_posix()
    parts = relative.split("/")
    module = parts[1] if parts[0] == "sim" else None
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match.group(1)
        where = f"{relative}:{number}"
        for pattern, places in FENCES.items():
            if re.match(pattern, header) and not any(relative.startswith(p) for p in places):
                yield f"{where}: <{header}> belongs in {', '.join(places)} only"
        if module and header.startswith("sim/"):
            other = header.split("/")[1]
            if other != module and other not in layers.get(module, ()):
                yield f"{where}: {module} may not include {other} (sim/LAYERS)"
        if module and header.startswith(("tests/", "tools/")):
            yield f"{where}: sim/ may not include {header}"


def main():
    layers = read_layers()
    found = []
    for folder in ("sim", "tests", "tools"):
        for path in sorted((ROOT / folder).rglob("*.[ch]pp")):
            if path.is_relative_to(ROOT / "sim"):
                module = path.relative_to(ROOT / "sim").parts[0]
                if module not in layers:
                    found.append(f"{path.relative_to(ROOT)}: sim/LAYERS has no module {module}")
            found.extend(breaches(path, layers))
    for breach in found:
        print(breach)
    print(f"{len(found)} breaches of sim/LAYERS" if found else "layers: all includes are allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
