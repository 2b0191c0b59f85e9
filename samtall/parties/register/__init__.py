"""Reading the Norwegian business register's own bulk files, and the copies of them that counties publish.

`columns` knows the headings, `files` opens a file and gives its records, `rows` makes a record into what it says of
one unit, and `loading` keeps it.
"""
