"""An article and a policy make a plan, and a reason for every gap that is not used."""
