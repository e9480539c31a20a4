using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>Finds the property names that mean something. It is asked for every property of every row, most of which mean nothing.</summary>
internal static class FieldNames
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)FieldName.Url + 1;

    private const int LongestName = 33;
    private const int LongestEscape = 6;

    // Six times as many as there are names, so that most other names are known for such at the first look.
    private const int SlotBits = 9;

    private static readonly Slot[] s_slots = Slots(
    [
        ("added_at", FieldName.AddedAt),
        ("added_by", FieldName.AddedBy),
        ("album", FieldName.Album),
        ("album_type", FieldName.AlbumType),
        ("albums", FieldName.Albums),
        ("artists", FieldName.Artists),
        ("audio_features", FieldName.AudioFeatures),
        ("audiobooks", FieldName.Audiobooks),
        ("collaborative", FieldName.Collaborative),
        ("context", FieldName.Context),
        ("currently_playing_type", FieldName.CurrentlyPlayingType),
        ("description", FieldName.Description),
        ("disc_number", FieldName.DiscNumber),
        ("display_name", FieldName.DisplayName),
        ("duration_ms", FieldName.DurationMs),
        ("endTime", FieldName.EndTime),
        ("episode", FieldName.Episode),
        ("episodes", FieldName.Episodes),
        ("error", FieldName.Error),
        ("error_description", FieldName.ErrorDescription),
        ("explicit", FieldName.Explicit),
        ("ms_played", FieldName.ExtendedMsPlayed),
        ("external_ids", FieldName.ExternalIds),
        ("external_urls", FieldName.ExternalUrls),
        ("extracted_at", FieldName.ExtractedAt),
        ("followers", FieldName.Followers),
        ("genres", FieldName.Genres),
        ("href", FieldName.Href),
        ("id", FieldName.Id),
        ("images", FieldName.Images),
        ("incognito_mode", FieldName.IncognitoMode),
        ("is_local", FieldName.IsLocal),
        ("is_playable", FieldName.IsPlayable),
        ("is_playing", FieldName.IsPlaying),
        ("isrc", FieldName.Isrc),
        ("item", FieldName.Item),
        ("items", FieldName.Items),
        ("linked_from", FieldName.LinkedFrom),
        ("message", FieldName.Message),
        ("msPlayed", FieldName.MsPlayed),
        ("name", FieldName.Name),
        ("next", FieldName.Next),
        ("offset", FieldName.Offset),
        ("owner", FieldName.Owner),
        ("master_metadata_album_album_name", FieldName.PlayedAlbumName),
        ("artistName", FieldName.PlayedArtistName),
        ("master_metadata_album_artist_name", FieldName.PlayedArtistName),
        ("played_at", FieldName.PlayedAt),
        ("audiobookName", FieldName.PlayedBookTitle),
        ("audiobook_title", FieldName.PlayedBookTitle),
        ("chapterName", FieldName.PlayedChapterTitle),
        ("audiobook_chapter_title", FieldName.PlayedChapterTitle),
        ("audiobook_chapter_uri", FieldName.PlayedChapterUri),
        ("episodeName", FieldName.PlayedEpisodeName),
        ("episode_name", FieldName.PlayedEpisodeName),
        ("spotify_episode_uri", FieldName.PlayedEpisodeUri),
        ("podcastName", FieldName.PlayedShowName),
        ("episode_show_name", FieldName.PlayedShowName),
        ("trackName", FieldName.PlayedTrackName),
        ("master_metadata_track_name", FieldName.PlayedTrackName),
        ("spotify_track_uri", FieldName.PlayedTrackUri),
        ("playlist", FieldName.Playlist),
        ("playlists", FieldName.Playlists),
        ("popularity", FieldName.Popularity),
        ("progress_ms", FieldName.ProgressMs),
        ("public", FieldName.Public),
        ("queue", FieldName.Queue),
        ("release_date", FieldName.ReleaseDate),
        ("release_date_precision", FieldName.ReleaseDatePrecision),
        ("show", FieldName.Show),
        ("shows", FieldName.Shows),
        ("snapshot_id", FieldName.SnapshotId),
        ("spotify", FieldName.Spotify),
        ("status", FieldName.Status),
        ("ts", FieldName.Timestamp),
        ("total", FieldName.Total),
        ("total_tracks", FieldName.TotalTracks),
        ("track", FieldName.Track),
        ("track_number", FieldName.TrackNumber),
        ("tracks", FieldName.Tracks),
        ("type", FieldName.Type),
        ("uri", FieldName.Uri),
        ("url", FieldName.Url),
    ]);

    /// <summary>Which name the reader stands on.</summary>
    public static FieldName Of(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Of(reader.ValueSpan);
        }

        if (reader.ValueSpan.Length > LongestName * LongestEscape)
        {
            return FieldName.Other;
        }

        Span<byte> name = stackalloc byte[LongestName * LongestEscape];
        return Of(name[..JsonText.Unescape(reader.ValueSpan, name)]);
    }

    private static FieldName Of(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return FieldName.Other;
        }

        var key = KeyOf(name);
        for (var place = PlaceOf(key); ; place = (place + 1) % (1 << SlotBits))
        {
            ref readonly var slot = ref s_slots[place];
            if (slot.Name is null)
            {
                return FieldName.Other;
            }

            if (slot.Key == key && name.SequenceEqual(slot.Name))
            {
                return slot.Field;
            }
        }
    }

    private static uint KeyOf(ReadOnlySpan<byte> name) =>
        (uint)(byte)name.Length | ((uint)name[0] << 8) | ((uint)name[^1] << 16) | ((uint)name[name.Length / 2] << 24);

    // By Fibonacci hashing: the high bits of a product by the golden ratio.
    private static int PlaceOf(uint key) => (int)(unchecked(key * 0x9E37_79B1) >> (32 - SlotBits));

    private static Slot[] Slots(ReadOnlySpan<(string Name, FieldName Field)> fields)
    {
        var slots = new Slot[1 << SlotBits];
        foreach (var (text, field) in fields)
        {
            var name = Encoding.UTF8.GetBytes(text);
            var key = KeyOf(name);
            var place = PlaceOf(key);
            while (slots[place].Name is not null)
            {
                place = (place + 1) % slots.Length;
            }

            slots[place] = new Slot(key, name, field);
        }

        return slots;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(uint Key, byte[] Name, FieldName Field);
}
