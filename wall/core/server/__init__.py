"""What a running program is made of: caches, what runs beside the answering, names and addresses of this machine."""
