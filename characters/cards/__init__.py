"""Card files: characters as other programs write and read them. Reading is lenient, writing is strict."""
