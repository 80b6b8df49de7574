"""Records of cases and consultations in order: deliveries are loaded, cubes are computed from them and published."""
