-- question: which lines of the delimited text that was scanned last are no rows?
-- grain: a line
-- parameters: file
insert into broken
select $file, line, first(
    case error_type when 'INVALID ENCODING' then 'encoding' when 'UNQUOTED VALUE' then 'quote' else 'fields' end
), left(trim(first(csv_line), chr(10) || chr(13)), 200)
from reject_errors
group by line
