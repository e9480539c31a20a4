-- How many playlists, songs, artists and albums there are.
SELECT (SELECT count(DISTINCT coalesce(playlist_id, raw_file)) FROM playlist_entries) AS playlists,
       (SELECT count(DISTINCT song_id) FROM songs) AS songs,
       (SELECT count(DISTINCT artist_id) FROM artists) AS artists,
       (SELECT count(DISTINCT album_id) FROM albums) AS albums
