told AS (
  SELECT CAST(played_at AS date) AS day, max(played_at) AS newest,
         CASE WHEN bool_or(source = 'extended_streaming_history') THEN 'extended_streaming_history' ELSE 'streaming_history' END AS source
  FROM plays
  WHERE source <> 'recently_played'
  GROUP BY CAST(played_at AS date)
),
lengths AS (
  SELECT song_id, max(duration_ms) AS duration_ms
  FROM songs
  WHERE song_id IN (SELECT song_id FROM plays WHERE ms_played IS NULL)
  GROUP BY song_id
),
played AS (
  SELECT p.played_at, p.kind, p.song_name, p.artist_name, CAST(coalesce(p.ms_played, l.duration_ms) AS bigint) AS ms,
         CASE WHEN coalesce(p.ms_played, 30000) >= 30000 THEN 1 ELSE 0 END AS counts
  FROM plays p
  LEFT JOIN told t ON t.day = CAST(p.played_at AS date)
  LEFT JOIN lengths l ON l.song_id = p.song_id
  WHERE t.source IS NULL OR p.source = t.source OR (p.source = 'recently_played' AND p.played_at > t.newest)
)
