"""One importer for lists of a register: each kind declares its columns, what writes a row, and the way back."""
