"""Made-up people, prisons and rounds for the demo and for benchmarks. Nobody in here exists."""
