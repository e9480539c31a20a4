using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace SpotifyEtl.Local.Demo;

/// <summary>
/// Answers in process, without a socket, what Spotify's accounts service and Web API would: tokens for the demo's credentials and user, and
/// <see cref="DemoPlaylist"/> and <see cref="DemoPlays"/> as an app of 2026 sees them.
/// </summary>
public sealed class DemoSpotify : HttpMessageHandler
{
    public const string ClientId = "demo";
    public const string ClientSecret = "demo";

    public const string RefreshToken = "demo-refresh-token";

    private const string AccessToken = "demo-access-token";
    private const int DefaultLimit = 20;
    private const int LargestLimit = 50;
    private const int PlaylistLimit = 100;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = request.RequestUri!.AbsolutePath;
        var (status, body) = path == "/api/token" && request.Method == HttpMethod.Post
            ? Token(request, await BodyOfAsync(request, cancellationToken))
            : Api(request, path);
        return new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
    }

    private static async Task<string> BodyOfAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);

    private static (HttpStatusCode, byte[]) Token(HttpRequestMessage request, string form)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (request.Headers.Authorization is not { Scheme: "Basic" } given || given.Parameter != credentials)
        {
            return AccountsError("invalid_client", "Invalid client");
        }

        var fields = QueryHelpers.ParseQuery(form);
        if (fields["grant_type"] != "client_credentials" && fields["grant_type"] != "refresh_token")
        {
            return AccountsError("unsupported_grant_type", "grant_type must be client_credentials or refresh_token");
        }

        if (fields["grant_type"] == "refresh_token" && fields.GetValueOrDefault("refresh_token") != RefreshToken)
        {
            return AccountsError("invalid_grant", "Invalid refresh token");
        }

        return (HttpStatusCode.OK, DemoJson.Object(json =>
        {
            json.WriteString("access_token", AccessToken);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", 3600);
        }));
    }

    private static (HttpStatusCode, byte[]) Api(HttpRequestMessage request, string path)
    {
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter: { } token })
        {
            return Error(HttpStatusCode.Unauthorized, "No token provided");
        }

        if (token != AccessToken)
        {
            return Error(HttpStatusCode.Unauthorized, "Invalid access token");
        }

        return path switch
        {
            _ when request.Method != HttpMethod.Get => Error(HttpStatusCode.MethodNotAllowed, "Method not allowed"),
            $"/v1/playlists/{DemoPlaylist.Id}" => (HttpStatusCode.OK, Playlist()),
            $"/v1/playlists/{DemoPlaylist.Id}/items" => Items(request.RequestUri!),
            $"/v1/playlists/{DemoPlaylist.Id}/tracks" => Error(HttpStatusCode.Forbidden, "Forbidden"),
            "/v1/me" => (HttpStatusCode.OK, DemoJson.Object(WriteMe)),
            "/v1/me/player/recently-played" => RecentlyPlayed(request.RequestUri!),
            _ => Error(HttpStatusCode.NotFound, "Resource not found"),
        };
    }

    private static void WriteMe(Utf8JsonWriter json)
    {
        json.WriteString("display_name", DemoPlays.UserName);
        DemoJson.WriteUser(json);
        DemoJson.WriteEmptyArrays(json, "images");
    }

    private static (HttpStatusCode, byte[]) RecentlyPlayed(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        if (!TryRead(query, "limit", DefaultLimit, out var limit) || limit is < 1 or > LargestLimit)
        {
            return Error(HttpStatusCode.BadRequest, "Invalid limit");
        }

        var after = 0L;
        if (query.TryGetValue("after", out var text) && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Error(HttpStatusCode.BadRequest, "Invalid cursor");
        }

        return (HttpStatusCode.OK, DemoJson.Object(json => WritePlays(json, [.. DemoPlays.Newest.Where(play => Cursor(play) > after).Take(limit)], limit)));
    }

    private static void WritePlays(Utf8JsonWriter json, List<DemoPlay> plays, int limit)
    {
        json.WriteStartArray("items");
        foreach (var play in plays)
        {
            json.WriteRawValue(play.Row.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteNull("next");
        if (plays.Count == 0)
        {
            json.WriteNull("cursors");
        }
        else
        {
            json.WriteStartObject("cursors");
            json.WriteString("after", Cursor(plays[0]).ToString(CultureInfo.InvariantCulture));
            json.WriteString("before", Cursor(plays[^1]).ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteNumber("limit", limit);
        json.WriteString("href", string.Create(CultureInfo.InvariantCulture, $"https://api.spotify.com/v1/me/player/recently-played?limit={limit}"));
    }

    private static long Cursor(DemoPlay play) => play.At.ToUnixTimeMilliseconds();

    private static byte[] Playlist() => DemoJson.Object(json =>
    {
        json.WriteBoolean("collaborative", false);
        json.WriteString("description", DemoPlaylist.Description);
        DemoJson.WriteLinks(json, "playlist", DemoPlaylist.Id);
        json.WriteStartObject("followers");
        json.WriteNull("href");
        json.WriteNumber("total", DemoPlaylist.Followers);
        json.WriteEndObject();
        DemoJson.WriteImages(json, DemoPlaylist.Name);
        json.WriteStartObject("items");
        WritePage(json, 0, PlaylistLimit);
        json.WriteEndObject();
        json.WriteString("name", DemoPlaylist.Name);
        DemoJson.WriteCurator(json, "owner", withName: true);
        json.WriteNull("primary_color");
        json.WriteBoolean("public", true);
        json.WriteString("snapshot_id", DemoPlaylist.SnapshotId);
        DemoJson.WriteType(json, "playlist", DemoPlaylist.Id);
    });

    private static (HttpStatusCode, byte[]) Items(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        if (!TryRead(query, "limit", DefaultLimit, out var limit) || limit is < 1 or > LargestLimit)
        {
            return Error(HttpStatusCode.BadRequest, "Invalid limit");
        }

        if (!TryRead(query, "offset", 0, out var offset) || offset < 0)
        {
            return Error(HttpStatusCode.BadRequest, "Invalid offset");
        }

        return (HttpStatusCode.OK, DemoJson.Object(json => WritePage(json, offset, limit)));
    }

    private static void WritePage(Utf8JsonWriter json, int offset, int limit)
    {
        var total = DemoPlaylist.Rows.Count;
        json.WriteString("href", PageAt(offset, limit));
        json.WriteStartArray("items");
        foreach (var row in DemoPlaylist.Rows.Skip(offset).Take(limit))
        {
            json.WriteRawValue(row, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteNumber("limit", limit);
        json.WriteString("next", offset + limit < total ? PageAt(offset + limit, limit) : null);
        json.WriteNumber("offset", offset);
        json.WriteString("previous", offset > 0 ? PageAt(Math.Max(0, offset - limit), limit) : null);
        json.WriteNumber("total", total);
    }

    private static string PageAt(int offset, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"https://api.spotify.com/v1/playlists/{DemoPlaylist.Id}/items?offset={offset}&limit={limit}");

    private static bool TryRead(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query, string name, int missing, out int value)
    {
        value = missing;
        return !query.TryGetValue(name, out var text) || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static (HttpStatusCode, byte[]) Error(HttpStatusCode status, string message) => (status, DemoJson.Object(json =>
    {
        json.WriteStartObject("error");
        json.WriteNumber("status", (int)status);
        json.WriteString("message", message);
        json.WriteEndObject();
    }));

    private static (HttpStatusCode, byte[]) AccountsError(string error, string description) => (HttpStatusCode.BadRequest, DemoJson.Object(json =>
    {
        json.WriteString("error", error);
        json.WriteString("error_description", description);
    }));
}
