"""The parts of tests/room."""
