-- The ten most popular songs, with all their artists; where no song has a popularity, those of most playlists, then weeks, then of the best place.
-- Spotify's contract of 2026 has no popularity. What the songs are ranked by is in ranked_by.
-- Names are looked for among the rows of the ten songs only: the newest rows of all artists and albums would take longer than the songs.
WITH
-- part: top_songs
SELECT s.song_name, p.artists, b.name AS album, s.popularity, s.playlists, s.weeks, s.best_place, s.ranked_by
FROM top s
LEFT JOIN performers p ON p.song_id = s.song_id
LEFT JOIN releases b ON b.album_id = s.album_id AND b.newest = 1
ORDER BY s.popularity DESC NULLS LAST, s.playlists DESC NULLS LAST, s.weeks DESC NULLS LAST, s.best_place NULLS LAST, s.song_name, s.song_id
