"""The lender: what each operation of the day does, and the timetable that runs them."""
