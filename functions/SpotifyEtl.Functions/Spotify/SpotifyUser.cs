using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>The signed-in user. Of all that Spotify tells of one, nothing else is looked at.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name that the user shows, if any.</param>
public sealed record SpotifyUser(string Id, string? Name)
{
    private const int HashBytes = 4;

    /// <summary>The id as part of a key: what is no letter, digit, - or _ becomes -, and a hash then keeps users apart.</summary>
    public string KeyName
    {
        get
        {
            var kept = string.Concat(Id.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '-'));
            return kept == Id ? Id : $"{kept}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id)).AsSpan(0, HashBytes))}";
        }
    }

    /// <exception cref="JsonException">It is no user.</exception>
    internal static SpotifyUser Parse(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The user is no JSON object.");
        }

        string? id = null, name = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isName) = (ReceivedText.Is(ref reader, "id"u8), ReceivedText.Is(ref reader, "display_name"u8));
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (isId || isName))
            {
                var text = ReceivedText.Of(ref reader);
                (id, name) = isId ? (text, name) : (id, text);
            }

            reader.Skip();
        }

        return string.IsNullOrEmpty(id) ? throw new JsonException("The user has no id.") : new SpotifyUser(id, name);
    }
}
