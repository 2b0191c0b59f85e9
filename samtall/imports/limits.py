"""How large a spreadsheet may be. A sheet of 20,000 rows and 20 columns is inside."""

FILE_BYTES = 10_000_000
UNPACKED_BYTES = 48_000_000
PARTS = 2_000
ROWS = 20_500  # headings and 20,000 rows; a preview of them takes seconds
COLUMNS = 256
CELLS = 500_000  # written in the file
AREA = 2_000_000  # from A1 to the last filled row and column
SHEETS = 100
MARKS = 50_000  # comments and merged areas
LETTERS = 20_000_000  # of all cells, as they are read: what is kept once and shown often counts each time
CELL_CHARACTERS = 32_767  # what a cell of Excel holds

CHILD_MEMORY_BYTES = 300_000_000  # of addresses, of which less than 200 MB are ever in use
CHILD_SECONDS = 20
