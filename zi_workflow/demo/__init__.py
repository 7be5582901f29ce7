"""The demonstration: invented years of Binjai's thirty organisations, told through the real service."""
