"""The commands of `./sutura`, one module each.

A module offers `NAME` (what is typed), `summary()` (one sentence), `add_arguments(parser)` and
`run(options) -> int`; it may offer `MIGRATES = True` (brings an older SQLite schema up to date itself),
`NEEDS_SCHEMA = False` (takes the database as it is), `NEEDS_DATABASE = False` (or
`needs_database(options)`, where one of its acts needs none), or `LANGUAGES` (what --lang may
say after it, when it writes files in several).
Django is imported inside `run`, never at the head of the module: `--help` stays quick,
and no command may break another. Texts are said by `sutura.config.language.say(en, fr)`.
"""
