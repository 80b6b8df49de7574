"""Files and the process that reads them within limits."""
