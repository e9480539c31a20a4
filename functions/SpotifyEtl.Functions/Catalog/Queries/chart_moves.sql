-- Every song of each playlist's newest snapshot and the one before: its place now and before, and whether it is new, gone, up, down or the same.
-- A song that stands in a snapshot twice has the higher of its places; a track that Spotify relinked counts as the one that the playlist holds. What
-- the order of the snapshots rests on is in ordered_by, and how many could not be ordered, or are incomplete, in left_out; query snapshots lists them.
-- One that was extracted again unchanged counts once. Files that name no playlist are one each, by their names.
WITH
-- part: snapshots
-- part: moves
moved AS (
  SELECT playlist_id, entry_id, song_id, place, place_before,
         CASE WHEN place_before IS NULL THEN 'new' WHEN place IS NULL THEN 'gone'
              WHEN place < place_before THEN 'up' WHEN place > place_before THEN 'down' ELSE 'same' END AS move
  FROM moves
)
SELECT m.playlist_id, m.place, m.place_before, m.move, g.song_name, a.artist_name, b.ordered_by, b.left_out
FROM moved m
JOIN basis b ON b.playlist_id = m.playlist_id
LEFT JOIN songs_latest g ON g.song_id = m.song_id
LEFT JOIN artists_latest a ON a.artist_id = g.artist_id
ORDER BY m.playlist_id, m.place NULLS LAST, m.place_before, m.entry_id
