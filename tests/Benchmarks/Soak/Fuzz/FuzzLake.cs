using System.Collections.Concurrent;
using SpotifyEtl.Lake;

namespace Benchmarks.Soak.Fuzz;

/// <summary>A lake in memory with one raw file; it keeps the tables that are written of it.</summary>
internal sealed class FuzzLake : ILake
{
    private readonly ConcurrentDictionary<string, byte[]> _tables = new(StringComparer.Ordinal);

    public string Location => "memory";

    public byte[] Raw { get; set; } = [];

    /// <summary>The objects that were committed and not deleted since.</summary>
    public IReadOnlyDictionary<string, byte[]> Tables => _tables;

    public Task PrepareAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult<Stream>(new MemoryStream(Raw, writable: false));

    public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult<LakeObjectWriter>(new Writer(this, key));

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        _tables.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public string? FaultOfName(string rawFileName) => null;

    public Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private sealed class Writer(FuzzLake lake, string key) : LakeObjectWriter
    {
        private readonly MemoryStream _bytes = new();

        public override Stream Stream => _bytes;

        public override Task CommitAsync(CancellationToken cancellationToken = default)
        {
            lake._tables[key] = _bytes.ToArray();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _bytes.DisposeAsync();
    }
}
