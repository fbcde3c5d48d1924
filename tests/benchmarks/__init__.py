"""Measurements held against the budgets of the design: run by hand, never by pytest.

`python -m tests.benchmarks.bytes` and `python -m tests.benchmarks.click` print a table each and
exit with 1 when a budget is missed.
"""
