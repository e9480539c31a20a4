using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Activities;

/// <summary>Moves a raw file whose tables are written to processed. One that is there already, with the same bytes, is a success.</summary>
public sealed class MoveToProcessed(ILake lake)
{
    [Function(nameof(MoveToProcessed))]
    public Task RunAsync([ActivityTrigger] MoveToProcessedRequest request, CancellationToken cancellationToken)
    {
        RawFileName file = new(request.Name);
        return lake.MoveAsync(file.ToProcessKey, file.ProcessedKey, request.RawSha256, cancellationToken);
    }
}

/// <summary>The file and the hash of the bytes that were transformed.</summary>
public sealed record MoveToProcessedRequest(string Name, string RawSha256);
