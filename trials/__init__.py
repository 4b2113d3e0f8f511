"""Campaigns against our own promises: each a command with a size, that prints what it counted and fails on a fault.

    ./sutura trial kill --cells 1000      one trial, at a size
    ./sutura trial                        all of them, at the small size of the tests

A trial is a module with `SMALL` (cells in the tests), `GOAL` (cells on demand) and
`run(folder, cells, seed, weaker) -> Told`. It runs in a process of its own, on a database of its own; the same seed
draws the same faults. `weaker` takes the protection away where that can be done: a trial which then finds no fault
could never find any.
"""
