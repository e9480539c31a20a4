moves AS (
  SELECT playlist_id, entry_id, min(CASE WHEN age = 1 THEN place END) AS place, min(CASE WHEN age = 2 THEN place END) AS place_before,
         coalesce(max(CASE WHEN age = 1 THEN song_id END), max(song_id)) AS song_id
  FROM charts
  WHERE age <= 2
  GROUP BY playlist_id, entry_id
),
