#!/usr/bin/env python3
"""Makes the golden values again with R and SciPy, beside the files, and compares them with those that are kept: to 1 part in 10^7.

Needs R with survival, sandwich, vegan and jsonlite, and SciPy (Debian: r-cran-survival r-cran-sandwich r-cran-vegan r-cran-jsonlite python3-scipy).
With --write the new ones take the place of the kept ones. Exit code 1 if any differ.
"""
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def differences(kept, made, path=""):
    """Where two documents differ; numbers may by 1 part in 10^7."""
    if isinstance(kept, dict) and isinstance(made, dict):
        for key in sorted(set(kept) | set(made)):
            if key not in kept or key not in made:
                yield f"{path}.{key}: only in one of the two"
            else:
                yield from differences(kept[key], made[key], f"{path}.{key}")
    elif isinstance(kept, list) and isinstance(made, list):
        if len(kept) != len(made):
            yield f"{path}: {len(kept)} and {len(made)} values"
        for i, (a, b) in enumerate(zip(kept, made)):
            yield from differences(a, b, f"{path}[{i}]")
    elif isinstance(kept, (int, float)) and isinstance(made, (int, float)):
        if not math.isclose(kept, made, rel_tol=1e-7, abs_tol=1e-9):
            yield f"{path}: {kept} kept, {made} made"
    elif kept != made:
        yield f"{path}: {kept!r} kept, {made!r} made"


def main():
    failed = 0
    for script in sorted(HERE.glob("*.R")) + sorted(HERE.glob("*_values.py")):
        name = f"{script.stem.removesuffix('_values')}.json"
        with tempfile.TemporaryDirectory() as folder:
            run = ["Rscript", str(script)] if script.suffix == ".R" else [sys.executable, str(script)]
            subprocess.run(run, cwd=folder, check=True)
            made = pathlib.Path(folder, name)
            found = list(differences(json.loads((HERE / name).read_text()), json.loads(made.read_text()))) if (HERE / name).exists() else ["it was not there"]
            if "--write" in sys.argv:
                shutil.copy(made, HERE / name)
        print(f"{name}: {'the same' if not found else f'{len(found)} differences'}")
        for line in found[:10]:
            print("  ", line)
        failed += bool(found)
    return 1 if failed and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
