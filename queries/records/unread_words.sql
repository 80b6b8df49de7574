-- question: which words of all files mean nothing, and which values cannot be read?
-- grain: file x column x word, the most frequent first
-- parameters: none
select file, "column", word, rows
from unread
order by file, "column", unread.rows desc, word
