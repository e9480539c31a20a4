-- For how many weeks (Monday to Sunday) each song has been in a playlist, at which place at best, and on which days first and last.
-- A snapshot stands until the next one comes, so days on which nothing changed and nothing was extracted count; the newest stands for its day.
-- Of several snapshots of one day the last one stands. Snapshots without a time are left out.
WITH days AS (
  SELECT playlist_id, snapshot_id, extracted_at, TRY_CAST(substr(extracted_at, 1, 10) AS date) AS first_day,
         lead(TRY_CAST(substr(extracted_at, 1, 10) AS date)) OVER (PARTITION BY playlist_id ORDER BY extracted_at, snapshot_id) AS next_day
  FROM (SELECT DISTINCT playlist_id, snapshot_id, extracted_at FROM playlist_data WHERE TRY_CAST(substr(extracted_at, 1, 10) AS date) IS NOT NULL) d
),
stands AS (
  SELECT playlist_id, snapshot_id, extracted_at, first_day,
         coalesce(date_add('day', -1, next_day), first_day) AS last_day,
         date_diff('day', DATE '1900-01-01', first_day) / 7 AS first_week,
         date_diff('day', DATE '1900-01-01', coalesce(date_add('day', -1, next_day), first_day)) / 7 AS last_week
  FROM days
  WHERE next_day IS NULL OR next_day > first_day
),
places AS (
  SELECT p.playlist_id, p.song_id, s.first_day, s.last_day, s.first_week, s.last_week, min(TRY_CAST(p."position" AS integer)) AS place
  FROM playlist_data p
  JOIN stands s ON s.playlist_id = p.playlist_id AND s.snapshot_id = p.snapshot_id AND s.extracted_at = p.extracted_at
  GROUP BY p.playlist_id, p.song_id, s.first_day, s.last_day, s.first_week, s.last_week
),
weeks AS (
  SELECT playlist_id, song_id, place, first_day, last_day, last_week - first_week + 1
         - CASE WHEN lag(last_week) OVER (PARTITION BY playlist_id, song_id ORDER BY first_day) = first_week THEN 1 ELSE 0 END AS weeks
  FROM places
),
songs AS (
  SELECT song_id, song_name, row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, song_name) AS newest
  FROM song_data
)
SELECT w.playlist_id, sum(w.weeks) AS weeks, min(w.place) AS best_place, min(w.first_day) AS first_day, max(w.last_day) AS last_day, g.song_name
FROM weeks w
LEFT JOIN songs g ON g.song_id = w.song_id AND g.newest = 1
GROUP BY w.playlist_id, w.song_id, g.song_name
ORDER BY w.playlist_id, weeks DESC, best_place, g.song_name, w.song_id
