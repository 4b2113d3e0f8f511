"""How Django itself writes and reads days and numbers in French and English (`FORMAT_MODULE_PATH`)."""
