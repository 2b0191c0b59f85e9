"""What people write in cells beside what a field would ask for: read where it is safe, and said to be so."""
