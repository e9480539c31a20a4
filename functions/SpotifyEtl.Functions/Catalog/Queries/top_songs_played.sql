-- The ten songs that were played most, by artist and name, with the hours and the first and the last time (UTC).
-- A play counts from 30 seconds on, as a stream does with Spotify; the hours are of all plays.
WITH
-- part: plays
SELECT song_name, artist_name, CAST(sum(counts) AS bigint) AS plays, round(CAST(sum(ms) AS double) / 3600000, 2) AS hours, min(played_at) AS first_played,
       max(played_at) AS last_played
FROM played
WHERE kind = 'track'
GROUP BY song_name, artist_name
ORDER BY plays DESC, sum(ms) DESC NULLS LAST, song_name, artist_name
LIMIT 10
