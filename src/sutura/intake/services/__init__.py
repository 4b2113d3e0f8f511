"""What may happen at the door: files taken in; phones and their forms; records that phones send."""
