"""Arithmetic on what was stated: rounding, change, shares, working days, complete runs of periods. No I/O."""
