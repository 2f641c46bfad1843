"""The command line: commands, options, files in and out; a policy to begin with."""
