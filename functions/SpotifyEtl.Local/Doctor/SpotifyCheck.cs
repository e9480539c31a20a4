using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Signs in at Spotify, and looks whether there is something to load.</summary>
internal sealed class SpotifyCheck(IOptions<SpotifyOptions> spotify, SpotifyConnectorFactory connectors, TimeProvider time) : IDoctorCheck
{
    private const string Credentials = "credentials";
    private const string Playlists = "playlists";
    private static readonly TimeSpan s_warnBefore = TimeSpan.FromDays(30);

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = spotify.Value;
        if (!options.HasCredentials)
        {
            yield return Finding.Warning(
                Credentials,
                "Spotify__ClientId and Spotify__ClientSecret are not set: "
                + "'run' loads the built-in demo playlist into a lake of its own, and nothing from Spotify.",
                "Set both to what the app's page at https://developer.spotify.com/dashboard shows. "
                + "For an app in development mode run 'spotify-etl authorize' once.");
            yield return Finding.Warning(
                Playlists, "Spotify__Playlists counts only with credentials.", "Set it to the ids, URIs or links of your playlists, with commas between them.");
            yield break;
        }

        yield return await SignInAsync(options);
        if (options.AuthorizedOn is { } authorized && !string.IsNullOrEmpty(options.RefreshToken))
        {
            yield return Authorization(authorized.AddMonths(6), time.GetUtcNow());
        }

        yield return options.Selection() is { IsEmpty: false } selection
            ? Finding.Ok(
                Playlists,
                $"A run loads {selection.Playlists.Count + selection.Sources.Count}: {string.Join(", ", selection.Playlists.Concat(selection.Sources))}.")
            : Finding.Warning(
                Playlists,
                "Spotify__Playlists and Spotify__Sources are not set: a scheduled run has nothing to load.",
                "Set it to the ids, URIs or links of your playlists, or give 'run' --playlist or --source.");
    }

    private async Task<Finding> SignInAsync(SpotifyOptions options)
    {
        try
        {
            await connectors.SignInAsync();
            return Finding.Ok(Credentials, string.IsNullOrEmpty(options.RefreshToken)
                ? "Spotify takes them: signed in as the app. An app in development mode reads playlists only as a user ('spotify-etl authorize')."
                : "Spotify takes them: signed in as the user who authorized the app.");
        }
        catch (Exception exception) when (Examination.IsExplained(exception))
        {
            return Finding.Failed(Credentials, exception.Message);
        }
    }

    private static Finding Authorization(DateTimeOffset end, DateTimeOffset now) => end switch
    {
        _ when end <= now => Finding.Failed(Credentials, $"The user's authorization ended on {end:yyyy-MM-dd}.", "Run 'spotify-etl authorize'."),
        _ when end - now < s_warnBefore =>
            Finding.Warning(Credentials, $"The user's authorization ends on {end:yyyy-MM-dd}.", "Run 'spotify-etl authorize' before that."),
        _ => Finding.Ok(Credentials, $"The user's authorization holds until {end:yyyy-MM-dd}."),
    };
}
