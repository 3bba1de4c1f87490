"""The browser's entry: ``streamlit run app.py``, or ``forbear app``."""

if __name__ == "__main__":  # worker processes import this file, and need no browser
    from sim.doors.dashboard.main import show

    show()
