"""Many people at once, in every way that Telegram offers, in bad weather: an engine for a short test and a long run."""
