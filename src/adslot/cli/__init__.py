"""The command line: commands, options, files in and out, reports; a policy to begin with."""
