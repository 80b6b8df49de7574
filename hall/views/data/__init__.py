"""What is asked of the store, once for a page: frames and frozen values, no words of a page."""
