-- The ten most popular songs, with all their artists; where no song has a popularity, those of most playlists, then weeks, then of the best place.
-- Spotify's contract of 2026 has no popularity. What the songs are ranked by is in ranked_by.
WITH songs AS (
  SELECT song_id, song_name, album_id, TRY_CAST(popularity AS integer) AS popularity,
         row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, popularity DESC) AS newest
  FROM song_data
),
rated AS (
  SELECT count(popularity) AS songs
  FROM songs
  WHERE newest = 1
),
held AS (
  SELECT p.song_id, count(DISTINCT CASE WHEN p.playlist_id = '' THEN p.raw_file ELSE p.playlist_id END) AS playlists,
         count(DISTINCT date_trunc('week', TRY_CAST(substr(p.extracted_at, 1, 10) AS date))) AS weeks, min(TRY_CAST(p."position" AS integer)) AS best_place
  FROM playlist_data p
  JOIN rated r ON r.songs = 0
  GROUP BY p.song_id
),
top AS (
  SELECT s.song_id, s.song_name, s.album_id, s.popularity, h.playlists, h.weeks, h.best_place,
         CASE WHEN r.songs > 0 THEN 'popularity' ELSE 'playlists, weeks, best place' END AS ranked_by
  FROM songs s
  CROSS JOIN rated r
  LEFT JOIN held h ON h.song_id = s.song_id
  WHERE s.newest = 1
  ORDER BY s.popularity DESC NULLS LAST, h.playlists DESC NULLS LAST, h.weeks DESC NULLS LAST, h.best_place NULLS LAST, s.song_name, s.song_id
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
SELECT s.song_name, p.artists, b.name AS album, s.popularity, s.playlists, s.weeks, s.best_place, s.ranked_by
FROM top s
LEFT JOIN performers p ON p.song_id = s.song_id
LEFT JOIN albums b ON b.album_id = s.album_id AND b.newest = 1
ORDER BY s.popularity DESC NULLS LAST, s.playlists DESC NULLS LAST, s.weeks DESC NULLS LAST, s.best_place NULLS LAST, s.song_name, s.song_id
