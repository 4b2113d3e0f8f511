"""Pure rules of the figures: periods, counting, addresses of figures, explanations. No database, no Django."""
