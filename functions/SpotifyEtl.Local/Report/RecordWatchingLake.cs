using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Report;

/// <summary>A lake that tells when a run's record, the last thing that a run writes, is in it.</summary>
internal sealed class RecordWatchingLake(ILake lake, RecordedRuns recorded) : ILake
{
    public string Location => lake.Location;

    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default) =>
        lake.ListAsync(prefix, startAfter, cancellationToken);

    public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) => lake.FindAsync(key, cancellationToken);

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) => lake.OpenReadAsync(key, cancellationToken);

    public async Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        var writer = await lake.CreateAsync(key, cancellationToken);
        return key.StartsWith(LakeKeys.Runs, StringComparison.Ordinal) && key.EndsWith(".json", StringComparison.Ordinal)
            ? new RecordWriter(writer, () => recorded.Add(key[LakeKeys.Runs.Length..^".json".Length]))
            : writer;
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => lake.DeleteAsync(key, cancellationToken);

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default) =>
        lake.MoveAsync(sourceKey, destinationKey, sha256, cancellationToken);

    private sealed class RecordWriter(LakeObjectWriter writer, Action committed) : LakeObjectWriter
    {
        public override Stream Stream => writer.Stream;

        public override async Task CommitAsync(CancellationToken cancellationToken = default)
        {
            await writer.CommitAsync(cancellationToken);
            committed();
        }

        public override ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
