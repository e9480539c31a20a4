-- How many songs were added in each of the last twenty-four months in which any were, and how many there were by its end.
WITH songs AS (
  SELECT song_id, substr(song_added, 1, 7) AS month_added,
         row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, song_added DESC) AS newest
  FROM song_data
)
SELECT month_added, songs, CAST(sum(songs) OVER (ORDER BY month_added) AS bigint) AS songs_by_then
FROM (
  SELECT month_added, count(*) AS songs
  FROM songs
  WHERE newest = 1 AND month_added <> ''
  GROUP BY month_added
) m
ORDER BY month_added DESC
LIMIT 24
