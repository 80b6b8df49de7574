-- question: which lines of a file did its copy leave out?
-- grain: a line; ``found`` (registered) holds them
-- parameters: file
insert into broken
select $file, line, reason, value
from found
