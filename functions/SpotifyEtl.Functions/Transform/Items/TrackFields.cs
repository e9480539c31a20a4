using System.Runtime.InteropServices;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>What the tables need of one track; ids are empty unless they are strings.</summary>
internal sealed class TrackFields
{
    public Text Id;
    public Text Name;
    public Text Type;
    public Text Uri;
    public Text DurationMs;
    public Text Popularity;
    public Text Explicit;
    public Text Url;
    public Text Isrc;
    public Text IsPlayable;
    public Text DiscNumber;
    public Text TrackNumber;
    public Text LinkedFromId;

    public bool IsLocal { get; set; }

    public bool HasArtists { get; set; }

    public AlbumFields Album { get; } = new();

    public List<ArtistFields> Artists { get; } = [];

    /// <summary>Whether the row gave an object for this track.</summary>
    public bool IsObject { get; set; }

    public void Clear()
    {
        Id = Name = Type = Uri = DurationMs = Popularity = Explicit = Url = Isrc = IsPlayable = DiscNumber = TrackNumber = LinkedFromId = default;
        IsLocal = HasArtists = IsObject = false;
        Album.Clear();
        Artists.Clear();
    }
}

/// <summary>What the tables need of one album.</summary>
internal sealed class AlbumFields
{
    public Text Id;
    public Text Name;
    public Text ReleaseDate;
    public Text ReleaseDatePrecision;
    public Text TotalTracks;
    public Text Type;
    public Text Url;
    public Text ImageUrl;

    public bool IsObject { get; set; }

    public List<ArtistFields> Artists { get; } = [];

    public void Clear()
    {
        Id = Name = ReleaseDate = ReleaseDatePrecision = TotalTracks = Type = Url = ImageUrl = default;
        IsObject = false;
        Artists.Clear();
    }
}

/// <summary>What the tables need of one artist.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ArtistFields
{
    public Text Id;
    public Text Name;
    public Text Url;
}
