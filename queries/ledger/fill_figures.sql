-- question: fill the quotes of a document's figures in from its text
-- grain: one row of figures
-- parameters: document, text

update figures set quote = substr($text, start_at + 1, end_at - start_at)
where document = $document
    -- Only where the words at the offsets are the words that the facts cite.
    and regexp_replace(substr($text, start_at + 1, end_at - start_at), '\s', '', 'g')
        = regexp_replace(as_printed, '\s', '', 'g');
