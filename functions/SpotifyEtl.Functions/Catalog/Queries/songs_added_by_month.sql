-- How many songs were added in each of the last twenty-four months in which any were, and how many there were by its end.
-- Rows of songs that were only played do not tell when a song was added: the newest that tells it counts.
WITH undated AS (
  SELECT song_id, song_added, row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC NULLS LAST, raw_file) AS newest
  FROM songs
  WHERE song_added IS NOT NULL AND song_id IN (SELECT song_id FROM songs_latest WHERE song_added IS NULL)
),
dated AS (
  SELECT song_added
  FROM songs_latest
  WHERE song_added IS NOT NULL
  UNION ALL
  SELECT song_added
  FROM undated
  WHERE newest = 1
)
SELECT month_added, songs, CAST(sum(songs) OVER (ORDER BY month_added) AS bigint) AS songs_by_then
FROM (
  SELECT date_format(song_added, '%Y-%m') AS month_added, count(*) AS songs
  FROM dated
  GROUP BY date_format(song_added, '%Y-%m')
) m
ORDER BY month_added DESC
LIMIT 24
