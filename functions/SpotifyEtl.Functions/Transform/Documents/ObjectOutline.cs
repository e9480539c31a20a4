using System.Text;
using System.Text.Json;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>The members of an object by name and kind, and its <c>type</c>: enough to tell what of Spotify's it is.</summary>
internal sealed class ObjectOutline
{
    private readonly JsonTokenType[] _kinds = new JsonTokenType[FieldNames.Count];

    /// <summary>The object's <c>type</c>, a string; else empty.</summary>
    public string Type { get; private set; } = "";

    public void See(FieldName member, ref Utf8JsonReader reader)
    {
        _kinds[(int)member] = reader.TokenType;
        if (member == FieldName.Type)
        {
            Type = Encoding.UTF8.GetString(HeadValue.Text(ref reader) ?? []);
        }
    }

    public bool Has(FieldName member) => _kinds[(int)member] != JsonTokenType.None;

    public bool HasObject(FieldName member) => _kinds[(int)member] == JsonTokenType.StartObject;

    public bool HasArray(FieldName member) => _kinds[(int)member] == JsonTokenType.StartArray;

    /// <summary>Whether it is a row of a playlist, a track by itself or a play, as far as its members tell.</summary>
    public bool IsRow => !IsPlayer && (HasRowKey || IsBareTrack || IsPlay);

    /// <summary>Whether it tells what a player does just now.</summary>
    public bool IsPlayer => Has(FieldName.CurrentlyPlayingType) || Has(FieldName.IsPlaying) || Has(FieldName.Queue);

    /// <summary>Whether it has a key that only a row has.</summary>
    public bool HasRowKey => Has(FieldName.Item) || Has(FieldName.Track) || Has(FieldName.AddedAt);

    /// <summary>Whether it is a play: of the API's play history, or of a generation of the streaming history.</summary>
    public bool IsPlay => !IsPlayer
        && (Has(FieldName.PlayedAt)
            || (Has(FieldName.Timestamp) && Has(FieldName.ExtendedMsPlayed))
            || (Has(FieldName.EndTime) && Has(FieldName.MsPlayed)));

    private bool IsBareTrack => HasObject(FieldName.Album) || HasArray(FieldName.Artists) || Type is "track" or "episode";
}
