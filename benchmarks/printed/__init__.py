"""What the benchmarks print, as block trees (`reports.document`)."""
