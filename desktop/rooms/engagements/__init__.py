"""The engagements: agreed work, its stages, its letter, and who stands where in it."""
