-- question: has a file values that are known but for the blanks around them?
-- grain: one row
-- parameters: of (table), file
select exists (
    from staged
    where of = $of and file = $file and split_part(fault, ' ', 1) in ('code', 'department', 'city', 'number')
        and value is distinct from bare(value)
)
