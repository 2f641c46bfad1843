"""Articles that teasers show: where they come from, which may be shown, and how relevant they are."""
