"""Pure rules of tables for the public: what a copy says, what it lets one work out, and what must be hidden."""
