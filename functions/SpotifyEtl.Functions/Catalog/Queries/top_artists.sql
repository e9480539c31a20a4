-- The ten artists with the most songs, featured ones included, and the mean popularity of those songs.
WITH
-- part: credits
SELECT a.artist_name, count(*) AS songs, round(avg(s.popularity), 1) AS mean_popularity
FROM credits c
JOIN songs_latest s ON s.song_id = c.song_id
JOIN artists_latest a ON a.artist_id = c.artist_id
GROUP BY a.artist_id, a.artist_name
ORDER BY songs DESC, mean_popularity DESC NULLS LAST, a.artist_name, a.artist_id
LIMIT 10
