"""What members of an employer fill in."""
