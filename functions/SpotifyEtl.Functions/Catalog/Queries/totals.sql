-- How many playlists, songs, artists and albums there are.
SELECT (SELECT count(DISTINCT p.playlist_id)
        FROM (
          SELECT coalesce(playlist_id, raw_file) AS playlist_id FROM playlist_entries
          UNION ALL
          SELECT coalesce(playlist_id, raw_file) AS playlist_id FROM snapshots
        ) p) AS playlists,
       (SELECT count(DISTINCT song_id) FROM songs) AS songs,
       (SELECT count(DISTINCT artist_id) FROM artists) AS artists,
       (SELECT count(DISTINCT album_id) FROM albums) AS albums
