"""What Sutura promises about speed, measured: each promise as a ratio, both sides in one run.

A file here is a goal: it does the work of the product and the same work done bare, in turn, and gives results.
Nothing here is a timed test; `./sutura bench` prints, `docs/performance.md` keeps what a quiet machine said.
"""
