using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>authorize</c>: lets a Spotify user allow the app to read playlists and what else is loaded, and keeps the refresh token.</summary>
internal static class AuthorizeCommand
{
    private const int DefaultPort = 8888;

    private const string Details = """
        Writes the refresh token to local.settings.json, for the runs to come. Apps in development mode need a user: they read only playlists of a signed-in user.

        Before: set Spotify__ClientId and Spotify__ClientSecret, and on the app's page (https://developer.spotify.com/dashboard) add the redirect URI http://127.0.0.1:8888/callback.
        The authorization holds for six months. It is asked for the playlists and for what Spotify__Sources names; --source adds to that.

        Examples:
          spotify-etl authorize
          spotify-etl authorize --source me/tracks
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<int?> port = new("--port")
        {
            Description = "The port on 127.0.0.1 that the redirect URI names.",
            HelpName = "PORT",
            DefaultValueFactory = _ => DefaultPort,
        };
        port.TakesNumbers();
        Option<string[]> sources = new("--source")
        {
            Description = $"Ask for this source as well, though the settings do not name it; may be given several times: {SourceId.Allowed}.",
            HelpName = "SOURCE",
        };
        sources.CompletesSources();
        Verb command = new("authorize", "Signs a Spotify user in once, for apps in development mode.", Details) { port, sources };
        command.SetAction((result, cancellationToken) =>
            AuthorizeAsync(
                globals.Read(result),
                result.GetValue(port) ?? DefaultPort,
                [.. (result.GetValue(sources) ?? []).Select(OptionValues.ParseSource)],
                cancellationToken));
        return command;
    }

    private static async Task<int> AuthorizeAsync(GlobalArguments globals, int port, IReadOnlyList<SourceId> sources, CancellationToken cancellationToken)
    {
        if (port is < 0 or > 65535)
        {
            throw new UsageException($"--port {port}: a port is a number from 0 to 65535.");
        }

        var shell = globals.Shell;
        using var host = LocalHost.ForAuthorization(globals);
        var options = host.Services.GetRequiredService<IOptions<SpotifyOptions>>().Value;
        if (!options.HasCredentials)
        {
            throw new UsageException(
                "Spotify__ClientId and Spotify__ClientSecret are not set: a user authorizes an app. "
                + "Both stand on the app's page at https://developer.spotify.com/dashboard.");
        }

        var scopes = AuthorizationAddress.Scopes(
            SourcesOf(host.Services.GetRequiredService<IConfiguration>()[$"{SpotifyOptions.SectionName}:{nameof(SpotifyOptions.Sources)}"]).Concat(sources));
        await using var callback = await AuthorizationCallback.ListenAsync(port, cancellationToken);
        shell.Out.WriteLine($"It asks the user for {string.Join(", ", scopes)}.");
        shell.Out.WriteLine("Open this address in a browser and agree:");
        shell.Out.WriteLine(AuthorizationAddress.Of(options.ClientId!, callback, scopes));
        var code = await callback.CodeAsync(cancellationToken);
        var refreshToken = await host.Services.GetRequiredService<SpotifyCodeExchange>().RefreshTokenAsync(code, callback.RedirectUri, cancellationToken);

        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var file = LocalSettingsFile.Of(shell);
        await file.SetAsync(
            [("Spotify__RefreshToken", refreshToken), ("Spotify__AuthorizedAt", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
            cancellationToken);
        shell.Out.WriteLine($"Authorized. The refresh token is in {file.Path}, which only you can read; it holds until {now.AddMonths(6):yyyy-MM-dd}.");
        return ExitCode.Succeeded;
    }

    // As they were set: the host leaves them out, since without a user's token they are no good settings.
    private static IEnumerable<SourceId> SourcesOf(string? set) =>
        (set ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name =>
            SourceId.TryParse(name, out var id, out var error) ? id : throw new UsageException($"Spotify__Sources: {error}"));
}
