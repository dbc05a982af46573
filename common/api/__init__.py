"""What every interface for programs shares: errors, pages of lists, entity tags, bodies."""
