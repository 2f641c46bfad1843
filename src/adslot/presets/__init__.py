"""Ready policies, one commented TOML file each."""
