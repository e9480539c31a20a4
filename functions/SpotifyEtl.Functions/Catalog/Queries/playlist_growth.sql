-- How many songs each playlist has had, snapshot by snapshot, and how many came and went since the snapshot before.
-- When each was taken is in taken_at, and what tells it in taken_from; how many of the playlist's could not be ordered, or are incomplete, in left_out.
-- One that was extracted again unchanged counts once; a song that stands in one twice, too.
WITH
-- part: snapshots
counts AS (
  SELECT s.playlist_id, s.nth, s.taken_at, s.taken_from, count(n.entry_id) AS songs, count(CASE WHEN n.nth_before = s.nth - 1 THEN n.entry_id END) AS stayed
  FROM ordered s
  LEFT JOIN (
    SELECT playlist_id, nth, entry_id, lag(nth) OVER (PARTITION BY playlist_id, entry_id ORDER BY nth) AS nth_before
    FROM charts
  ) n ON n.playlist_id = s.playlist_id AND n.nth = s.nth
  GROUP BY s.playlist_id, s.nth, s.taken_at, s.taken_from
)
SELECT c.playlist_id, c.taken_at, c.songs,
       CASE WHEN c.nth > 1 THEN c.songs - c.stayed END AS came,
       lag(c.songs) OVER (PARTITION BY c.playlist_id ORDER BY c.nth) - c.stayed AS went,
       c.taken_from, b.left_out
FROM counts c
JOIN basis b ON b.playlist_id = c.playlist_id
ORDER BY c.playlist_id, c.nth
