-- The ten most popular songs, with all their artists.
WITH songs AS (
  SELECT song_id, song_name, album_id, TRY_CAST(popularity AS integer) AS popularity,
         row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, popularity DESC) AS newest
  FROM song_data
),
top AS (
  SELECT song_id, song_name, album_id, popularity
  FROM songs
  WHERE newest = 1
  ORDER BY popularity DESC NULLS LAST, song_name, song_id
  LIMIT 10
),
albums AS (
  SELECT album_id, name, row_number() OVER (PARTITION BY album_id ORDER BY extracted_at DESC, name) AS newest
  FROM album_data
  WHERE album_id IN (SELECT album_id FROM top)
),
credits AS (
  SELECT song_id, artist_id, min(TRY_CAST("position" AS integer)) AS credit
  FROM (
    SELECT song_id, artist_id, "position", rank() OVER (PARTITION BY song_id ORDER BY extracted_at DESC) AS newest
    FROM song_artist_data
    WHERE song_id IN (SELECT song_id FROM top)
  ) c
  WHERE newest = 1
  GROUP BY song_id, artist_id
),
artists AS (
  SELECT artist_id, artist_name, row_number() OVER (PARTITION BY artist_id ORDER BY extracted_at DESC, artist_name) AS newest
  FROM artist_data
  WHERE artist_id IN (SELECT artist_id FROM credits)
),
performers AS (
  SELECT c.song_id, array_join(array_agg(a.artist_name ORDER BY c.credit, a.artist_name), ', ') AS artists
  FROM credits c
  JOIN artists a ON a.artist_id = c.artist_id AND a.newest = 1
  GROUP BY c.song_id
)
SELECT s.song_name, p.artists, b.name AS album, s.popularity
FROM top s
LEFT JOIN performers p ON p.song_id = s.song_id
LEFT JOIN albums b ON b.album_id = s.album_id AND b.newest = 1
ORDER BY s.popularity DESC NULLS LAST, s.song_name, s.song_id
