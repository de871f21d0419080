"""The windows in which an enquiry is taken, declined, or taken on."""
