told AS (
  SELECT CAST(played_at AS date) AS day, max(played_at) AS newest, min(source) AS source
  FROM plays
  WHERE source <> 'recently_played'
  GROUP BY CAST(played_at AS date)
),
lengths AS (
  SELECT song_id, max(duration_ms) AS duration_ms
  FROM songs
  WHERE song_id IN (SELECT song_id FROM plays WHERE source = 'recently_played')
  GROUP BY song_id
),
played AS (
  SELECT p.played_at, p.kind, p.song_name, p.artist_name, CAST(coalesce(p.ms_played, l.duration_ms) AS bigint) AS ms,
         CASE WHEN p.ms_played < 30000 THEN 0 ELSE 1 END AS counts
  FROM plays p
  LEFT JOIN told t ON t.day = CAST(p.played_at AS date)
  LEFT JOIN lengths l ON l.song_id = p.song_id
  WHERE t.source IS NULL OR p.source = t.source OR (p.source = 'recently_played' AND p.played_at > t.newest)
)
