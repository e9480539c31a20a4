-- How many songs each playlist has had, snapshot by snapshot, and how many came and went since the snapshot before.
-- Snapshots follow one another by extracted_at. One that was extracted again unchanged counts once; a song that stands in one twice, too.
WITH entries AS (
  SELECT DISTINCT playlist_id, extracted_at, snapshot_id, song_id
  FROM playlist_data
),
snapshots AS (
  SELECT playlist_id, extracted_at, snapshot_id,
         row_number() OVER (PARTITION BY playlist_id ORDER BY extracted_at, snapshot_id) AS nth
  FROM (
    SELECT playlist_id, extracted_at, snapshot_id,
           lag(snapshot_id) OVER (PARTITION BY playlist_id ORDER BY extracted_at, snapshot_id) AS snapshot_before
    FROM (SELECT DISTINCT playlist_id, extracted_at, snapshot_id FROM playlist_data) d
  ) s
  WHERE snapshot_before IS NULL OR snapshot_before <> snapshot_id OR snapshot_id = ''
),
chart AS (
  SELECT e.playlist_id, s.nth, s.extracted_at, e.song_id
  FROM entries e
  JOIN snapshots s ON s.playlist_id = e.playlist_id AND s.extracted_at = e.extracted_at AND s.snapshot_id = e.snapshot_id
),
counts AS (
  SELECT n.playlist_id, n.nth, n.extracted_at, count(*) AS songs, count(b.song_id) AS stayed
  FROM chart n
  LEFT JOIN chart b ON b.playlist_id = n.playlist_id AND b.nth = n.nth - 1 AND b.song_id = n.song_id
  GROUP BY n.playlist_id, n.nth, n.extracted_at
)
SELECT playlist_id, extracted_at, songs,
       CASE WHEN nth > 1 THEN songs - stayed END AS came,
       lag(songs) OVER (PARTITION BY playlist_id ORDER BY nth) - stayed AS went
FROM counts
ORDER BY playlist_id, nth
