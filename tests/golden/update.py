"""Write the golden numbers anew: ``python -m tests.golden.update``. Then say in CHANGES.md why they moved."""

import json

from tests.golden.runs import FILE, compute, stored


def main() -> None:
    """Write the numbers and print what moved."""
    old = stored() if FILE.exists() else {}
    new = compute()
    FILE.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")
    for name in sorted({*old, *new}):
        before, after = (each.get(name, {}).get("value") for each in (old, new))
        if before != after:
            print(f"{name}: {before} -> {after}")


if __name__ == "__main__":
    main()
