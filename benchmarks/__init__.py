"""Measurements that README's tables are made from; each module is a command: python -m benchmarks.NAME."""
