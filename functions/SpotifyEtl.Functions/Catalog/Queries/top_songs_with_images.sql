-- The ten songs of top_songs, the most popular or else those of most playlists, with the addresses of their albums' images.
-- They are asked for apart, as addresses are wider than terminals have room for.
WITH
-- part: top_songs
SELECT s.song_name, p.artists, b.name AS album, s.popularity, s.playlists, s.weeks, s.best_place, s.ranked_by, b.image_url
FROM top s
LEFT JOIN performers p ON p.song_id = s.song_id
LEFT JOIN releases b ON b.album_id = s.album_id AND b.newest = 1
ORDER BY s.popularity DESC NULLS LAST, s.playlists DESC NULLS LAST, s.weeks DESC NULLS LAST, s.best_place NULLS LAST, s.song_name, s.song_id
