-- What was played on each day (UTC), the newest first: plays of songs, plays of podcasts and audiobooks, and the hours of all.
-- A play counts from 30 seconds on, as a stream does with Spotify; the hours are of all plays. Where an export tells a day, its plays are taken, and
-- else those of the Web API, which does not tell for how long: such a play counts as the whole song.
WITH
-- part: plays
SELECT CAST(played_at AS date) AS day, CAST(sum(CASE WHEN kind = 'track' THEN counts ELSE 0 END) AS bigint) AS plays,
       CAST(sum(CASE WHEN kind <> 'track' THEN counts ELSE 0 END) AS bigint) AS episodes, round(CAST(sum(ms) AS double) / 3600000, 2) AS hours
FROM played
GROUP BY CAST(played_at AS date)
ORDER BY day DESC
