using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace SpotifyEtl.Spotify;

/// <summary>Knows what must not be shown: the settings' secrets and every token that was given lately. Whatever Spotify says goes through it.</summary>
public sealed partial class SpotifySecrets(IOptions<SpotifyOptions> options)
{
    private const string Hidden = "(hidden)";
    private const int MaxTokens = 16;

    // What is shorter is no secret of Spotify's, and hiding it would make messages unreadable.
    private const int ShortestHidden = 6;

    private ImmutableQueue<string> _tokens = [];

    /// <summary>Adds a token; the oldest of many, long expired, is forgotten.</summary>
    public void Add(string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            ImmutableInterlocked.Update(
                ref _tokens,
                (tokens, added) => tokens.Contains(added, StringComparer.Ordinal) ? tokens
                    : tokens.Count() < MaxTokens ? tokens.Enqueue(added)
                    : tokens.Dequeue().Enqueue(added),
                token);
        }
    }

    /// <summary>The text with every secret in it replaced.</summary>
    public string Hide(string text)
    {
        foreach (var secret in Known())
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return Credentials().Replace(text, "${kind} " + Hidden);
    }

    private IEnumerable<string> Known()
    {
        var settings = options.Value;
        string?[] secrets =
        [
            settings.ClientSecret,
            settings.RefreshToken,
            settings.HasCredentials ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ClientId}:{settings.ClientSecret}")) : null,
            .. _tokens,
        ];
        return secrets.OfType<string>().Where(secret => secret.Length >= ShortestHidden).OrderByDescending(secret => secret.Length);
    }

    [GeneratedRegex(
        @"\b(?<kind>Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credentials();
}
