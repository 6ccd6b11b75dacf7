"""What people do with one pledge, from sending it to erasing it."""
