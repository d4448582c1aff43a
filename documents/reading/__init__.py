"""Reading plans that were written elsewhere: a file becomes lines, lines become facts."""
