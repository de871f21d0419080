"""The room where names are checked against everybody the practice ever met."""
