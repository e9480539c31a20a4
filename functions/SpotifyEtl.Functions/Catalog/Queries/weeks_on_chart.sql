-- For how many weeks (Monday to Sunday) each song has been in a playlist, at which place at best, and on which days first and last.
-- A snapshot stands until the next one comes, so days on which nothing changed and nothing was extracted count; the newest stands for its day.
-- Of several snapshots of one day the last one stands. Snapshots without a time are left out.
WITH
-- part: snapshots
days AS (
  SELECT playlist_id, snapshot_id, extracted_at, unnamed, TRY_CAST(substr(extracted_at, 1, 10) AS date) AS first_day,
         lead(TRY_CAST(substr(extracted_at, 1, 10) AS date)) OVER (PARTITION BY playlist_id ORDER BY extracted_at) AS next_day
  FROM judged
  WHERE takes_part = 'yes' AND TRY_CAST(substr(extracted_at, 1, 10) AS date) IS NOT NULL
),
stands AS (
  SELECT playlist_id, snapshot_id, extracted_at, unnamed, first_day,
         coalesce(date_add('day', -1, next_day), first_day) AS last_day,
         date_diff('day', DATE '1900-01-01', first_day) / 7 AS first_week,
         date_diff('day', DATE '1900-01-01', coalesce(date_add('day', -1, next_day), first_day)) / 7 AS last_week
  FROM days
  WHERE next_day IS NULL OR next_day > first_day
),
places AS (
  SELECT e.playlist_id, e.entry_id, s.first_day, s.last_day, s.first_week, s.last_week, max(e.song_id) AS song_id, min(e.place) AS place
  FROM entries e
  JOIN stands s ON s.playlist_id = e.playlist_id AND s.snapshot_id = e.snapshot_id AND s.extracted_at = e.extracted_at AND s.unnamed = e.unnamed
  GROUP BY e.playlist_id, e.entry_id, s.first_day, s.last_day, s.first_week, s.last_week
),
weeks AS (
  SELECT playlist_id, entry_id, song_id, place, first_day, last_day, last_week - first_week + 1
         - CASE WHEN lag(last_week) OVER (PARTITION BY playlist_id, entry_id ORDER BY first_day) = first_week THEN 1 ELSE 0 END AS weeks
  FROM places
),
songs AS (
  SELECT song_id, song_name, row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, song_name) AS newest
  FROM song_data
)
SELECT w.playlist_id, w.weeks, w.best_place, w.first_day, w.last_day, g.song_name
FROM (
  SELECT playlist_id, entry_id, max(song_id) AS song_id, sum(weeks) AS weeks, min(place) AS best_place, min(first_day) AS first_day, max(last_day) AS last_day
  FROM weeks
  GROUP BY playlist_id, entry_id
) w
LEFT JOIN songs g ON g.song_id = w.song_id AND g.newest = 1
ORDER BY w.playlist_id, w.weeks DESC, w.best_place, g.song_name, w.entry_id
