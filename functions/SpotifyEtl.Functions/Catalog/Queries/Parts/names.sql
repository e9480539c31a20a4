songs AS (
  SELECT song_id, song_name, artist_id, row_number() OVER (PARTITION BY song_id ORDER BY extracted_at DESC, song_name) AS newest
  FROM song_data
),
artists AS (
  SELECT artist_id, artist_name, row_number() OVER (PARTITION BY artist_id ORDER BY extracted_at DESC, artist_name) AS newest
  FROM artist_data
)
