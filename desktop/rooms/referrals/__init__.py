"""The room of referrals: who sent whom, thanks owed, and whom it is right to ask."""
