-- The ten artists that were played most, each song counted for its first artist, with their different songs and the hours.
-- A play counts from 30 seconds on, as a stream does with Spotify; the hours are of all plays.
WITH
-- part: plays
SELECT artist_name, CAST(sum(counts) AS bigint) AS plays, count(DISTINCT song_name) AS songs, round(CAST(sum(ms) AS double) / 3600000, 2) AS hours
FROM played
WHERE kind = 'track' AND artist_name IS NOT NULL
GROUP BY artist_name
ORDER BY plays DESC, sum(ms) DESC NULLS LAST, artist_name
LIMIT 10
