-- The share that each artist has of the songs in each playlist's newest snapshot, featured ones included, and the best place among them.
WITH
-- part: snapshots
chart AS (
  SELECT playlist_id, song_id, place, count(*) OVER (PARTITION BY playlist_id) AS songs
  FROM charts
  WHERE age = 1
),
-- part: credits
SELECT h.playlist_id, a.artist_name, count(*) AS credited_songs, round(1e2 * count(*) / h.songs, 1) AS share_percent, min(h.place) AS best_place
FROM chart h
JOIN credits c ON c.song_id = h.song_id
JOIN artists_latest a ON a.artist_id = c.artist_id
GROUP BY h.playlist_id, h.songs, a.artist_id, a.artist_name
ORDER BY h.playlist_id, credited_songs DESC, best_place, a.artist_name, a.artist_id
