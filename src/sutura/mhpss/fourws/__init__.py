"""The 4Ws sheet (who does what, where and when): its columns A to V, ours beside them, written and read back."""
