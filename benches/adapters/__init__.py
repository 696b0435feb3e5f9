"""One module per engine, each with an `Adapter` class that follows `adapters.base`."""
