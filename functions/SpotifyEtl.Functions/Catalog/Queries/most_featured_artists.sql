-- The ten artists who most often appear on songs without being their first artist.
WITH
-- part: credits
SELECT a.artist_name, count(*) AS featured_on
FROM credits c
JOIN artists_latest a ON a.artist_id = c.artist_id
WHERE c.credit > 1
GROUP BY a.artist_id, a.artist_name
ORDER BY featured_on DESC, a.artist_name, a.artist_id
LIMIT 10
