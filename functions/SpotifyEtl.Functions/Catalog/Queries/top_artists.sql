-- The ten artists with the most songs, featured ones included, and the mean popularity of those songs.
WITH songs AS (
  SELECT song_id, TRY_CAST(popularity AS integer) AS popularity,
         row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, popularity DESC) AS newest
  FROM song_data
),
artists AS (
  SELECT artist_id, artist_name, row_number() OVER (PARTITION BY artist_id ORDER BY extracted_at DESC, artist_name) AS newest
  FROM artist_data
),
credits AS (
  SELECT song_id, artist_id, min(TRY_CAST("position" AS integer)) AS credit
  FROM (
    SELECT song_id, artist_id, "position", rank() OVER (PARTITION BY song_id ORDER BY extracted_at DESC) AS newest
    FROM song_artist_data
  ) c
  WHERE newest = 1
  GROUP BY song_id, artist_id
)
SELECT a.artist_name, count(*) AS songs, round(avg(s.popularity), 1) AS mean_popularity
FROM credits c
JOIN songs s ON s.song_id = c.song_id AND s.newest = 1
JOIN artists a ON a.artist_id = c.artist_id AND a.newest = 1
GROUP BY a.artist_id, a.artist_name
ORDER BY songs DESC, mean_popularity DESC NULLS LAST, a.artist_name, a.artist_id
LIMIT 10
