"""The version: a module of its own, because reading it from the installed package takes longer than all of `--version`."""

VERSION = "0.1.0"
