-- The ten artists who most often appear on songs without being their first artist.
WITH artists AS (
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
SELECT a.artist_name, count(*) AS featured_on
FROM credits c
JOIN artists a ON a.artist_id = c.artist_id AND a.newest = 1
WHERE c.credit > 1
GROUP BY a.artist_id, a.artist_name
ORDER BY featured_on DESC, a.artist_name, a.artist_id
LIMIT 10
