"""What collaborative and joint plans (chapters 2 and 3) share; their acts, grounds, routes and reports are their own."""
