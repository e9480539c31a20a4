-- How many songs each of the last twenty years of release has.
SELECT year(b.release_date) AS release_year, count(*) AS songs
FROM songs_latest s
JOIN albums_latest b ON b.album_id = s.album_id
WHERE b.release_date IS NOT NULL
GROUP BY year(b.release_date)
ORDER BY release_year DESC
LIMIT 20
