"""What is written about the contact-centre simulator: scenarios, runs, and acts in a run."""
