"""The tables of attacks: one module for each topic, each with its `CASES`."""
