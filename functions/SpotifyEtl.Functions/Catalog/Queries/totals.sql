-- How many playlists, songs, artists and albums there are.
SELECT (SELECT count(DISTINCT CASE WHEN playlist_id = '' THEN raw_file ELSE playlist_id END) FROM playlist_data) AS playlists,
       (SELECT count(DISTINCT song_id) FROM song_data) AS songs,
       (SELECT count(DISTINCT artist_id) FROM artist_data) AS artists,
       (SELECT count(DISTINCT album_id) FROM album_data) AS albums
