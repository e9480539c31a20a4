-- How many rows were rejected for each reason, and in how many raw files.
SELECT reason, count(*) AS rejected_rows, count(DISTINCT raw_file) AS raw_files
FROM rejects
GROUP BY reason
ORDER BY rejected_rows DESC, reason
