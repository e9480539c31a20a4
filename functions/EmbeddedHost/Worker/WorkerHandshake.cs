using System.Net.Sockets;
using EmbeddedHost.Worker.Messages;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>What host and worker say to each other before the first invocation: who they are, which functions there are, load them.</summary>
internal sealed class WorkerHandshake(string appFolder, WorkerEndpoint endpoint, ILogger logger)
{
    private const string HostVersion = "4.0.0.0";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_listens = TimeSpan.FromSeconds(5);

    /// <exception cref="EmbeddedHostException">The worker refuses, or has functions that this host cannot run.</exception>
    /// <exception cref="WorkerLostException">It is gone.</exception>
    public async Task<ReadyWorker> GreetAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        var init = await AskAsync(
            channel,
            new StreamingMessage
            {
                WorkerInitRequest = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = appFolder, FunctionAppDirectory = appFolder },
            },
            answer => answer.WorkerInitResponse,
            cancellationToken);
        Require(init.Result, "The worker refuses to start");

        var described = await AskAsync(
            channel,
            new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = appFolder } },
            answer => answer.FunctionMetadataResponse,
            cancellationToken);
        Require(described.Result, "The worker cannot say which functions it has");
        if (described.UseDefaultMetadataIndexing)
        {
            throw new EmbeddedHostException(
                "The worker leaves it to the host to find its functions, which this host does not do. "
                + "Build the app with Microsoft.Azure.Functions.Worker.Sdk 2 or later.");
        }

        var app = FunctionApp.Read(described.FunctionMetadataResults);
        await Task.WhenAll(described.FunctionMetadataResults.Select(metadata => LoadAsync(channel, metadata, cancellationToken)));
        WorkerLog.Ready(logger, init.WorkerVersion, app.Functions.Count);
        var http = init.Capabilities.TryGetValue("HttpUri", out var address) && Uri.TryCreate(address, UriKind.Absolute, out var parsed) ? parsed : null;
        return new ReadyWorker(channel, app, http, http is null ? null : await HttpSocketAsync(http, cancellationToken));
    }

    // The worker begins to listen at about the time that it connects.
    private async Task<string?> HttpSocketAsync(Uri ownAddress, CancellationToken cancellationToken)
    {
        using PeriodicTimer look = new(s_look);
        for (var patience = s_listens; endpoint.HttpSocket is { } path && patience > TimeSpan.Zero; patience -= s_look)
        {
            if (await ListensAsync(path, cancellationToken))
            {
                return path;
            }

            await look.WaitForNextTickAsync(cancellationToken);
        }

        if (endpoint.HttpSocket is not null)
        {
            WorkerLog.OwnAddress(logger, ownAddress);
        }

        return null;
    }

    private static async Task<bool> ListensAsync(string path, CancellationToken cancellationToken)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task LoadAsync(WorkerChannel channel, RpcFunctionMetadata metadata, CancellationToken cancellationToken)
    {
        var load = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata };
        var loaded = await AskAsync(channel, new StreamingMessage { FunctionLoadRequest = load }, answer => answer.FunctionLoadResponse, cancellationToken);
        Require(loaded.Result, $"The worker cannot load the function '{metadata.Name}'");
    }

    private static async Task<T> AskAsync<T>(
        WorkerChannel channel, StreamingMessage question, Func<StreamingMessage, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await channel.AskAsync(question, cancellationToken);
        return read(answer) ?? throw new EmbeddedHostException(
            $"The worker answers a {question.ContentCase} with a {answer.ContentCase}: it does not speak the protocol of an isolated worker.");
    }

    private static void Require(StatusResult? result, string otherwise)
    {
        if (result is { Status: not StatusResult.Types.Status.Success })
        {
            throw new EmbeddedHostException($"{otherwise}: {result.Exception?.FirstLine() ?? result.Status.ToString()}");
        }
    }
}
