"""What each page of the reports shows, gathered for its template."""
