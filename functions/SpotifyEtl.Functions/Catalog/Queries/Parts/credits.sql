credits AS (
  SELECT c.song_id, c.artist_id, min(c."position") AS credit
  FROM song_artists c
  JOIN songs_latest s ON s.song_id = c.song_id AND s.raw_file = c.raw_file
  GROUP BY c.song_id, c.artist_id
)
