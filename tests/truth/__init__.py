"""A second, separately written account of the workbook and its figures: plain Python, no code of the product."""
