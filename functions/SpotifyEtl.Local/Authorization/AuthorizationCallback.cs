using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Authorization;

/// <summary>Listens on the loopback address for the one request with which the user's browser comes back from Spotify.</summary>
internal sealed class AuthorizationCallback : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<string> _code = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AuthorizationCallback(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where the browser is sent to, as the app's page at Spotify must name it.</summary>
    public Uri RedirectUri => new($"{_app.Urls.First()}/callback");

    /// <summary>What proves that the answer belongs to this question.</summary>
    public string State { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <exception cref="PermanentEtlException">The port is taken.</exception>
    public static async Task<AuthorizationCallback> ListenAsync(int port, CancellationToken cancellationToken)
    {
        AuthorizationCallback callback = new(port);
        try
        {
            await callback._app.StartAsync(cancellationToken);
            return callback;
        }
        catch (IOException taken)
        {
            await callback.DisposeAsync();
            throw new PermanentEtlException(
                $"Port {port} on 127.0.0.1 cannot be listened on: {taken.Message} Give another one with --port, and name it in the redirect URI on the "
                    + "app's page.",
                taken);
        }
    }

    /// <summary>The authorization code, once the user has agreed.</summary>
    /// <exception cref="PermanentEtlException">The user did not agree, or Spotify refused.</exception>
    public Task<string> CodeAsync(CancellationToken cancellationToken) => _code.Task.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // The browser still gets its answer.
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (context.Request.Path != "/callback" || !HttpMethods.IsGet(context.Request.Method))
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
        }
        else if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(query["state"].ToString()), Encoding.UTF8.GetBytes(State)))
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, "This answer belongs to another question. Open the address that spotify-etl shows now.");
        }
        else if (query["code"].ToString() is { Length: > 0 } code)
        {
            await SayAsync(context, StatusCodes.Status200OK, "Thank you. spotify-etl goes on; this page can be closed.");
            _code.TrySetResult(code);
        }
        else
        {
            var error = query["error"].ToString();
            await SayAsync(context, StatusCodes.Status200OK, "Not authorized. spotify-etl says why; this page can be closed.");
            _code.TrySetException(new PermanentEtlException(error == "access_denied"
                ? "The user did not agree. Run 'spotify-etl authorize' again when the user wants to."
                : $"Spotify did not authorize the app ({(error.Length is > 0 and <= 100 ? error : "without a reason")}). Check the redirect URI and "
                    + "the users on the app's page, and try again."));
        }
    }

    private static async Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.CompleteAsync();
    }
}
