"""What somebody types: codes to choose and dates as they are known, never a sentence about a child."""
