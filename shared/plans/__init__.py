"""What collaborative and joint plans (chapters 2 and 3) share; acts, grounds, routes and reports are each one's own."""
