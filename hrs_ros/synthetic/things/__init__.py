"""What the scenes hold besides people: small things, furniture, vehicles, animals, all procedural."""
