"""The library: instruments, frameworks, reports, modules and tools, who received them, and what they are used for."""
