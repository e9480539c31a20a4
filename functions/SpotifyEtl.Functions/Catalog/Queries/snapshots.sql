-- Every snapshot of each playlist: when it was taken, what tells it, how many songs it has, and whether it takes part where snapshots are compared.
-- One takes part whose place in the order is known: by extracted_at; where only added_at tells, if it holds an entry added after everything in those
-- before it and those after it hold one added after everything in it. Else takes_part says why not: incomplete, no time, tie or no order.
WITH
-- part: snapshots
names AS (
  SELECT playlist_id, name AS playlist_name
  FROM (
    SELECT playlist_id, name, row_number() OVER (PARTITION BY playlist_id ORDER BY taken_at DESC NULLS LAST, raw_file) AS newest
    FROM snapshots
    WHERE name <> ''
  ) t
  WHERE newest = 1
)
SELECT j.playlist_id, n.playlist_name, j.taken_at, j.taken_from, coalesce(max(e.songs), 0) AS songs, j.takes_part, j.snapshot_id
FROM judged j
LEFT JOIN (
  SELECT playlist_id, snapshot, extracted, count(DISTINCT entry_id) AS songs
  FROM entries
  GROUP BY playlist_id, snapshot, extracted
) e ON e.playlist_id = j.playlist_id AND e.snapshot = j.snapshot AND e.extracted = j.extracted
LEFT JOIN names n ON n.playlist_id = j.playlist_id
GROUP BY j.playlist_id, n.playlist_name, j.taken_at, j.taken_from, j.takes_part, j.snapshot_id, j.snapshot
ORDER BY j.playlist_id, j.taken_at NULLS FIRST, j.snapshot
