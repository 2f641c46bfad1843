"""What a publisher declares: slots, rules, spacing; the language and the files for it, presets and templates."""
