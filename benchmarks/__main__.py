"""All measurements that need no question sets, one after the other: make bench."""

from benchmarks import answers, growth, startup

for module in (startup, answers, growth):
    print(f"\n## {module.__name__}\n", flush=True)
    module.main([])
