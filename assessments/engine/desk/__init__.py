"""The contact-centre simulator: what a scenario holds, where a run stands, and what it scores. Pure."""
