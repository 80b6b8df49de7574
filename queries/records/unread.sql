-- question: which words of a file mean nothing, and which values cannot be read?
-- grain: column x word; ``said`` holds the columns of its rows that could not be read, with their words
-- parameters: file
insert into unread
with words as (
    select line, unnest(names) as "column", unnest(words) as word
    from said
)
select $file, "column", left(word, 200) as word, count(*), min(line)
from words
where word is not null
group by "column", left(word, 200)
