using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Signs in at Spotify, and looks whether there is something to load, and whether Spotify gives the user's lists.</summary>
internal sealed class SpotifyCheck(
    IOptions<SpotifyOptions> spotify, SpotifyConnectorFactory connectors, SourceProbe probe, TimeProvider time) : IDoctorCheck
{
    private const string Credentials = "credentials";
    private const string Playlists = "playlists";
    private const string Sources = "sources";
    private static readonly TimeSpan s_warnBefore = TimeSpan.FromDays(30);

    public string Group => "Spotify";

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
            yield break;
        }

        var signedIn = await SignInAsync(options);
        yield return signedIn;
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
        if (signedIn.Verdict is Verdict.Ok)
        {
            foreach (var finding in await ProbeAsync(options.Selection().Sources, cancellationToken))
            {
                yield return finding;
            }
        }
    }

    private async Task<IReadOnlyList<Finding>> ProbeAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        List<string> given = [];
        List<Finding> failed = [];
        foreach (var name in names)
        {
            try
            {
                await probe.ReadAsync(SourceId.TryParse(name, out var id, out var error) ? id : throw new EtlConfigurationException(error), cancellationToken);
                given.Add(name);
            }
            catch (Exception exception) when (Examination.IsExplained(exception))
            {
                failed.Add(Finding.Failed(Sources, exception.Message));
            }
        }

        return given.Count > 0 ? [Finding.Ok(Sources, $"Spotify gives {string.Join(", ", given)}."), .. failed] : failed;
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
