using System.Text.Json;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>What a paging object says of its place among the pages of a list.</summary>
/// <remarks>https://developer.spotify.com/documentation/web-api/reference/get-playlists-items: href, next, offset, total.</remarks>
internal sealed class PagingFields
{
    public byte[]? Href { get; private set; }

    /// <summary>Whether it names a page after itself.</summary>
    public bool HasNext { get; private set; }

    /// <summary>How many rows come before it.</summary>
    public long? Offset { get; private set; }

    /// <summary>How many rows all pages have.</summary>
    public long? Total { get; private set; }

    public void See(FieldName member, ref Utf8JsonReader reader)
    {
        switch (member)
        {
            case FieldName.Href:
                Href = HeadValue.Text(ref reader);
                break;
            case FieldName.Next:
                HasNext = reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty;
                break;
            case FieldName.Offset:
                Offset = HeadValue.Count(ref reader);
                break;
            case FieldName.Total:
                Total = HeadValue.Count(ref reader);
                break;
        }
    }
}
