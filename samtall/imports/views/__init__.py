"""Pages of spreadsheets: upload, preview, progress and result; and the answers given in the browser."""
