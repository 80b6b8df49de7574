"""From a document to its figures, observations, activities and tasks; touches no store.

``decode`` (bytes to text) → ``source`` (text to comparable characters, with a map back) → ``outline`` (sections, items)
→ ``head``, ``numerals``, ``periods``, ``bodies`` (what stands where) → ``figures``, ``activities``, ``tasks``
→ ``bind`` (figures to metrics) → ``extract`` (all of it, in order). Words that the rules look for are in data/catalog.
"""
