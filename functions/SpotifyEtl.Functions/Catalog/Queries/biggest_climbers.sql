-- The ten songs of each playlist that have climbed most places since the snapshot before, and all that are level with the tenth.
-- A song that stands in a snapshot twice has the higher of its places; a track that Spotify relinked counts as the one that the playlist holds. What
-- the order of the snapshots rests on is in ordered_by, and how many could not be ordered, or are incomplete, in left_out; query snapshots lists them.
WITH
-- part: snapshots
-- part: moves
climbers AS (
  SELECT playlist_id, song_id, entry_id, place, place_before, place_before - place AS climbed,
         rank() OVER (PARTITION BY playlist_id ORDER BY place_before - place DESC) AS climber
  FROM moves
  WHERE place < place_before
)
SELECT c.playlist_id, c.climbed, c.place, c.place_before, g.song_name, a.artist_name, b.ordered_by, b.left_out
FROM climbers c
JOIN basis b ON b.playlist_id = c.playlist_id
LEFT JOIN songs_latest g ON g.song_id = c.song_id
LEFT JOIN artists_latest a ON a.artist_id = g.artist_id
WHERE c.climber <= 10
ORDER BY c.playlist_id, c.climbed DESC, c.place, c.entry_id
