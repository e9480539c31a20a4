-- For how many weeks (Monday to Sunday) each song has been in a playlist, at which place at best, and on which days first and last.
-- A snapshot stands until the next one comes, so days on which nothing changed and nothing was extracted count; the newest stands for its day.
-- Of several snapshots of one day the last one stands. Snapshots without a time are left out.
WITH
-- part: snapshots
days AS (
  SELECT playlist_id, snapshot, extracted, CAST(extracted_at AS date) AS first_day,
         lead(CAST(extracted_at AS date)) OVER (PARTITION BY playlist_id ORDER BY extracted_at) AS next_day
  FROM judged
  WHERE takes_part = 'yes' AND extracted_at IS NOT NULL
),
stands AS (
  SELECT playlist_id, snapshot, extracted, first_day,
         coalesce(date_add('day', -1, next_day), first_day) AS last_day,
         date_diff('day', DATE '1900-01-01', first_day) / 7 AS first_week,
         date_diff('day', DATE '1900-01-01', coalesce(date_add('day', -1, next_day), first_day)) / 7 AS last_week
  FROM days
  WHERE next_day IS NULL OR next_day > first_day
),
places AS (
  SELECT e.playlist_id, e.entry_id, s.first_day, s.last_day, s.first_week, s.last_week, max(e.song_id) AS song_id, min(e.place) AS place
  FROM entries e
  JOIN stands s ON s.playlist_id = e.playlist_id AND s.snapshot = e.snapshot AND s.extracted = e.extracted
  GROUP BY e.playlist_id, e.entry_id, s.first_day, s.last_day, s.first_week, s.last_week
),
weeks AS (
  SELECT playlist_id, entry_id, song_id, place, first_day, last_day, last_week - first_week + 1
         - CASE WHEN lag(last_week) OVER (PARTITION BY playlist_id, entry_id ORDER BY first_day) = first_week THEN 1 ELSE 0 END AS weeks
  FROM places
)
SELECT w.playlist_id, w.weeks, w.best_place, w.first_day, w.last_day, g.song_name
FROM (
  SELECT playlist_id, entry_id, max_by(song_id, first_day) AS song_id, sum(weeks) AS weeks,
         min(place) AS best_place, min(first_day) AS first_day, max(last_day) AS last_day
  FROM weeks
  GROUP BY playlist_id, entry_id
) w
LEFT JOIN songs_latest g ON g.song_id = w.song_id
ORDER BY w.playlist_id, w.weeks DESC, w.best_place, g.song_name, w.entry_id
