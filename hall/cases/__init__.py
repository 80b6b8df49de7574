"""Cases and consultations: deliveries are loaded into Parquet by month, and rolled up from there."""

from hall.cases.loading import Loaded, LoadedFile, load

__all__ = ["Loaded", "LoadedFile", "load"]
