newest AS (
  SELECT song_id, song_name, album_id, raw_file, popularity
  FROM songs_latest
),
rated AS (
  SELECT count(popularity) AS songs
  FROM newest
),
held AS (
  SELECT p.song_id, count(DISTINCT coalesce(p.playlist_id, p.raw_file)) AS playlists, count(DISTINCT date_trunc('week', p.extracted_at)) AS weeks,
         min(p."position") AS best_place
  FROM playlist_entries p
  JOIN rated r ON r.songs = 0
  GROUP BY p.song_id
),
top AS (
  SELECT s.song_id, s.song_name, s.album_id, s.raw_file, s.popularity, h.playlists, h.weeks, h.best_place,
         CASE WHEN r.songs > 0 THEN 'popularity' ELSE 'playlists, weeks, best place' END AS ranked_by
  FROM newest s
  CROSS JOIN rated r
  LEFT JOIN held h ON h.song_id = s.song_id
  ORDER BY s.popularity DESC NULLS LAST, h.playlists DESC NULLS LAST, h.weeks DESC NULLS LAST, h.best_place NULLS LAST, s.song_name, s.song_id
  LIMIT 10
),
credits AS (
  SELECT c.song_id, c.artist_id, min(c."position") AS credit
  FROM song_artists c
  JOIN top s ON s.song_id = c.song_id AND s.raw_file = c.raw_file
  GROUP BY c.song_id, c.artist_id
),
performers AS (
  SELECT c.song_id, array_join(array_agg(a.artist_name ORDER BY c.credit, a.artist_name), ', ') AS artists
  FROM credits c
  JOIN (
    SELECT artist_id, artist_name, row_number() OVER (PARTITION BY artist_id ORDER BY extracted_at DESC NULLS LAST, raw_file) AS newest
    FROM artists
    WHERE artist_id IN (SELECT artist_id FROM credits)
  ) a ON a.artist_id = c.artist_id AND a.newest = 1
  GROUP BY c.song_id
),
releases AS (
  SELECT album_id, name, image_url, row_number() OVER (PARTITION BY album_id ORDER BY extracted_at DESC NULLS LAST, raw_file) AS newest
  FROM albums
  WHERE album_id IN (SELECT album_id FROM top)
)
