-- How many songs were added in each of the last twenty-four months in which any were, and how many there were by its end.
SELECT month_added, songs, CAST(sum(songs) OVER (ORDER BY month_added) AS bigint) AS songs_by_then
FROM (
  SELECT date_format(song_added, '%Y-%m') AS month_added, count(*) AS songs
  FROM songs_latest
  WHERE song_added IS NOT NULL
  GROUP BY date_format(song_added, '%Y-%m')
) m
ORDER BY month_added DESC
LIMIT 24
