"""Tests of `zi`."""
