-- How many songs each of the last twenty years of release has.
WITH songs AS (
  SELECT song_id, album_id, row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, album_id) AS newest
  FROM song_data
),
albums AS (
  SELECT album_id, TRY_CAST(substr(release_date, 1, 4) AS integer) AS release_year,
         row_number() OVER (PARTITION BY album_id ORDER BY extracted_at DESC, release_date DESC) AS newest
  FROM album_data
)
SELECT b.release_year, count(*) AS songs
FROM songs s
JOIN albums b ON b.album_id = s.album_id AND b.newest = 1
WHERE s.newest = 1 AND b.release_year IS NOT NULL
GROUP BY b.release_year
ORDER BY b.release_year DESC
LIMIT 20
