-- The share that each artist has of the songs in each playlist's newest snapshot, featured ones included, and the best place among them.
WITH
-- part: snapshots
chart AS (
  SELECT playlist_id, song_id, place, count(*) OVER (PARTITION BY playlist_id) AS songs
  FROM charts
  WHERE age = 1
),
artists AS (
  SELECT artist_id, artist_name, row_number() OVER (PARTITION BY artist_id ORDER BY extracted_at DESC, artist_name) AS newest
  FROM artist_data
),
credits AS (
  SELECT DISTINCT song_id, artist_id
  FROM (
    SELECT song_id, artist_id, rank() OVER (PARTITION BY song_id ORDER BY extracted_at DESC) AS newest
    FROM song_artist_data
  ) c
  WHERE newest = 1
)
SELECT h.playlist_id, a.artist_name, count(*) AS credited_songs, round(1e2 * count(*) / h.songs, 1) AS share_percent, min(h.place) AS best_place
FROM chart h
JOIN credits c ON c.song_id = h.song_id
JOIN artists a ON a.artist_id = c.artist_id AND a.newest = 1
GROUP BY h.playlist_id, h.songs, a.artist_id, a.artist_name
ORDER BY h.playlist_id, credited_songs DESC, best_place, a.artist_name, a.artist_id
