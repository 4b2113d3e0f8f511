"""The common indicators: each with its definition, the records it counts, who reports it, and what was frozen."""
