"""The demonstration ward: made-up figures over the facts of a ward's real month, people named by their role."""
