"""Printed documents of the benchmarks, as block trees of `reports.document`."""
