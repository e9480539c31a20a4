-- At which hours of the day (UTC) is listened: plays, the hours of all days, and their share.
-- A play counts from 30 seconds on, as a stream does with Spotify; the hours are of all plays, by the hour in which each ended.
WITH
-- part: plays
SELECT hour_of_day, plays, round(ms / 3600000, 2) AS hours, round(1e2 * ms / nullif(sum(ms) OVER (), 0), 1) AS share_percent
FROM (
  SELECT CAST(date_format(played_at, '%H') AS integer) AS hour_of_day, CAST(sum(counts) AS bigint) AS plays, CAST(coalesce(sum(ms), 0) AS double) AS ms
  FROM played
  GROUP BY date_format(played_at, '%H')
) h
ORDER BY hour_of_day
