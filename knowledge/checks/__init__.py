"""What an editor should look at in a base that loads: a module for each concern, and one table of all rules."""
