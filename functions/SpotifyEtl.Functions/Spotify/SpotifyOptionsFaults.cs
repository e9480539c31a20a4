using System.Text.RegularExpressions;

namespace SpotifyEtl.Spotify;

/// <summary>What of Spotify's settings cannot work.</summary>
internal static partial class SpotifyOptionsFaults
{
    private const string BothOrNeither = "set both, from the app's page at https://developer.spotify.com/dashboard, or neither.";

    public static IEnumerable<string> Of(SpotifyOptions options) => CredentialFaults(options).Concat(SourceFaults(options));

    private static IEnumerable<string> CredentialFaults(SpotifyOptions options)
    {
        var (hasId, hasSecret) = (!string.IsNullOrEmpty(options.ClientId), !string.IsNullOrEmpty(options.ClientSecret));
        if (hasId && !hasSecret)
        {
            yield return $"Spotify__ClientSecret is not set, but Spotify__ClientId is: {BothOrNeither}";
        }

        if (hasSecret && !hasId)
        {
            yield return $"Spotify__ClientId is not set, but Spotify__ClientSecret is: {BothOrNeither}";
        }

        if (hasId && !LettersAndDigits().IsMatch(options.ClientId!))
        {
            yield return $"Spotify__ClientId is '{options.ClientId}': it must be letters and digits only, as the app's page shows it.";
        }

        if (hasSecret && !LettersAndDigits().IsMatch(options.ClientSecret!))
        {
            yield return "Spotify__ClientSecret (not shown) must be letters and digits only, as the app's page shows it.";
        }

        if (!string.IsNullOrEmpty(options.RefreshToken))
        {
            if (!hasId && !hasSecret)
            {
                yield return "Spotify__RefreshToken (not shown) is set, but Spotify__ClientId and Spotify__ClientSecret are not: "
                    + "set those of the app that it was given to.";
            }

            if (!TokenCharacters().IsMatch(options.RefreshToken))
            {
                yield return "Spotify__RefreshToken (not shown) must be one word of letters, digits, '-', '_', '.', '~', '+', '/' and '=', "
                    + "as 'spotify-etl authorize' writes it.";
            }
        }

        if (!string.IsNullOrEmpty(options.AuthorizedAt) && options.AuthorizedOn is null)
        {
            yield return $"Spotify__AuthorizedAt is '{options.AuthorizedAt}': it must be a date such as 2026-11-22, or empty.";
        }
    }

    private static IEnumerable<string> SourceFaults(SpotifyOptions options)
    {
        foreach (var entry in options.PlaylistEntries())
        {
            if (!PlaylistId.TryParse(entry, out _, out var error))
            {
                yield return $"Spotify__Playlists: {error}";
            }
        }

        foreach (var entry in options.SourceEntries())
        {
            if (!SourceId.TryParse(entry, out var id, out var error))
            {
                yield return $"Spotify__Sources: {error}";
            }
            else if (options.UserFault(id) is { } fault)
            {
                yield return $"Spotify__Sources: {fault}";
            }
        }

        if (!string.IsNullOrEmpty(options.Market) && !TwoLetters().IsMatch(options.Market))
        {
            yield return $"Spotify__Market is '{options.Market}': it must be the two letters of a country, such as SE, or empty.";
        }

        if (!IsWebAddress(options.ApiBaseUrl))
        {
            yield return $"Spotify__ApiBaseUrl is '{options.ApiBaseUrl}': {AddressRule(SpotifyAddresses.DefaultApi)}";
        }

        if (!IsWebAddress(options.TokenUrl))
        {
            yield return $"Spotify__TokenUrl is '{options.TokenUrl}': {AddressRule(SpotifyAddresses.DefaultToken)}";
        }
    }

    private static string AddressRule(Uri example) => $"it must be an http or https address without a user or a query, such as {example}, or empty.";

    private static bool IsWebAddress(string? address) =>
        string.IsNullOrEmpty(address)
        || (Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri is { Query: "", Fragment: "", UserInfo: "" });

    [GeneratedRegex(@"\A[A-Za-z0-9]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LettersAndDigits();

    [GeneratedRegex(@"\A[A-Za-z0-9._~+/=-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenCharacters();

    [GeneratedRegex(@"\A[A-Za-z]{2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TwoLetters();
}
