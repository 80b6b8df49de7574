-- question: what does each delivered row of consultations say, beside what came?
-- grain: a row of ``delivered``; ``raw`` is the row as it came
-- parameters: formats (of moments), meanings (of the spellings of words.sql, by column)
from read_consultations($formats, $meanings)
