-- Every song of each playlist's newest snapshot and the one before: its place now and before, and whether it is new, gone, up, down or the same.
-- A song that stands in a snapshot twice has the higher of its places; a track that Spotify relinked counts as the one that the playlist holds. What
-- the order of the snapshots rests on is in ordered_by, and how many could not be ordered, or are incomplete, in left_out; query snapshots lists them.
-- One that was extracted again unchanged counts once. Files that name no playlist are one each, by their names.
WITH
-- part: snapshots
-- part: moves
-- part: names
SELECT m.playlist_id, m.place, m.place_before,
       CASE WHEN m.place_before IS NULL THEN 'new' WHEN m.place IS NULL THEN 'gone'
            WHEN m.place < m.place_before THEN 'up' WHEN m.place > m.place_before THEN 'down' ELSE 'same' END AS move,
       g.song_name, a.artist_name, b.ordered_by, b.left_out
FROM moves m
JOIN basis b ON b.playlist_id = m.playlist_id
LEFT JOIN songs g ON g.song_id = m.song_id AND g.newest = 1
LEFT JOIN artists a ON a.artist_id = g.artist_id AND a.newest = 1
ORDER BY m.playlist_id, m.place NULLS LAST, m.place_before, m.entry_id
