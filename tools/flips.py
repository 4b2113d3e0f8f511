"""Flip bits of sealed blobs and of the places they belong to: every one must be refused.

python -m tools.flips 10000
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from sutura.security import crypto

Open = Callable[[bytes, bytes], bytes]


@dataclass(frozen=True)
class Trial:
    """How many flips were tried, and how many blobs opened all the same."""

    tried: int
    opened: int


def flipped(blob: bytes, bit: int) -> bytes:
    """The same bytes but for one bit."""
    changed = bytearray(blob)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def blobs(draw: random.Random) -> Iterator[tuple[bytes, bytes, Open]]:
    """One blob of each kind with the place it belongs to and what opens it, again and again."""
    key, (private, public) = crypto.new_key(), crypto.new_pair()
    cost = crypto.Cost(8, 1, 1)
    head = crypto.VERSION + crypto.COST.pack(cost.memory, cost.passes, cost.lanes)
    while True:
        plain = draw.randbytes(draw.randrange(1, 400))
        where = crypto.context("field", f"table_{draw.randrange(9)}", draw.randbytes(16), "name")
        yield crypto.encrypt(key, plain, where), where, lambda blob, at: crypto.decrypt(key, blob, at)
        yield crypto.seal(public, plain, where), where, lambda blob, at: crypto.unseal(private, blob, at)
        yield (
            b"".join(crypto.encrypt_file(key, [plain], where)),
            where,
            lambda blob, at: b"".join(crypto.decrypt_file(key, [blob], at)),
        )
        # A flipped cost must not cost the campaign its memory: those bytes have a test of their own.
        locked = crypto.lock("word", plain, where, cost)
        yield locked[len(head) :], where, lambda blob, at: crypto.unlock("word", head + blob, at)


def campaign(size: int, draw: random.Random) -> Trial:
    """That many flips, of blob and of place in turn."""
    opened = 0
    for number, (blob, where, open_) in zip(range(size), blobs(draw), strict=False):
        in_place = number // 4 % 2
        target = where if in_place else blob
        changed = flipped(target, draw.randrange(len(target) * 8))
        try:
            open_(blob if in_place else changed, changed if in_place else where)
        except crypto.Refused:
            continue
        opened += 1
    return Trial(size, opened)


def main() -> int:
    """Print what was tried and what opened; 1 if anything did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    trial = campaign(options.size, random.Random(options.seed))
    print(json.dumps(asdict(trial)))
    return 1 if trial.opened else 0


if __name__ == "__main__":
    sys.exit(main())
