"""Who may do what: accounts, passwords, sessions, invitations, teams, and the one way to act at a desk."""
