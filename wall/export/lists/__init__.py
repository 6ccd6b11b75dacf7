"""Lists for spreadsheets and programs: the same columns in each."""
