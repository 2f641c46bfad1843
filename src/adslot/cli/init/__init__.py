"""`adslot init`: a policy to begin with, fitted to an example of the articles that it is for."""
