-- Every song of each playlist's newest snapshot and the one before: its place now and before, and whether it is new, gone, up, down or the same.
-- A song that stands in a snapshot twice has the higher of its places. Snapshots follow one another by extracted_at; a file that does not
-- tell its time takes it from a name such as spotify_raw_{playlist}_20240515T060000Z.json. One that was extracted again unchanged counts once.
WITH places AS (
  SELECT playlist_id, extracted_at, snapshot_id, song_id, min(TRY_CAST("position" AS integer)) AS place
  FROM playlist_data
  GROUP BY playlist_id, extracted_at, snapshot_id, song_id
),
snapshots AS (
  SELECT playlist_id, extracted_at, snapshot_id,
         row_number() OVER (PARTITION BY playlist_id ORDER BY extracted_at DESC, snapshot_id DESC) AS age
  FROM (
    SELECT playlist_id, extracted_at, snapshot_id,
           lag(snapshot_id) OVER (PARTITION BY playlist_id ORDER BY extracted_at, snapshot_id) AS snapshot_before
    FROM (SELECT DISTINCT playlist_id, extracted_at, snapshot_id FROM playlist_data) d
  ) s
  WHERE snapshot_before IS NULL OR snapshot_before <> snapshot_id OR snapshot_id = ''
),
moves AS (
  SELECT p.playlist_id, p.song_id, min(CASE WHEN s.age = 1 THEN p.place END) AS place, min(CASE WHEN s.age = 2 THEN p.place END) AS place_before
  FROM places p
  JOIN snapshots s ON s.playlist_id = p.playlist_id AND s.extracted_at = p.extracted_at AND s.snapshot_id = p.snapshot_id
  WHERE s.age <= 2
  GROUP BY p.playlist_id, p.song_id
),
songs AS (
  SELECT song_id, song_name, artist_id, row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, song_name) AS newest
  FROM song_data
),
artists AS (
  SELECT artist_id, artist_name, row_number() OVER (PARTITION BY artist_id ORDER BY extracted_at DESC, artist_name) AS newest
  FROM artist_data
)
SELECT m.playlist_id, m.place, m.place_before,
       CASE WHEN m.place_before IS NULL THEN 'new' WHEN m.place IS NULL THEN 'gone'
            WHEN m.place < m.place_before THEN 'up' WHEN m.place > m.place_before THEN 'down' ELSE 'same' END AS move,
       g.song_name, a.artist_name
FROM moves m
LEFT JOIN songs g ON g.song_id = m.song_id AND g.newest = 1
LEFT JOIN artists a ON a.artist_id = g.artist_id AND a.newest = 1
ORDER BY m.playlist_id, m.place NULLS LAST, m.place_before, m.song_id
