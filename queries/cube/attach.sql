-- question: open the file of a draft, which keeps no log of what is written since it is thrown away if it fails
-- grain: none
-- parameters: path

attach $path as draft (recovery_mode no_wal_writes);
