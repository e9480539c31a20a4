using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>A lake in memory that also remembers which keys were begun and which writes were given up.</summary>
internal sealed class RecordingLake : ILake
{
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public string Location => "memory:";

    public List<string> Begun { get; } = [];

    public List<string> GivenUp { get; } = [];

    /// <summary>The size of the object that is being written.</summary>
    public long BytesWritten { get; private set; }

    public IReadOnlyCollection<string> Keys => _objects.Keys;

    public string TextOf(string key) => Encoding.UTF8.GetString(_objects[key]);

    public async IAsyncEnumerable<LakeObject> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (key, bytes) in _objects.ToArray())
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, startAfter) > 0)
            {
                await Task.Yield();
                yield return new LakeObject(key, bytes.Length);
            }
        }
    }

    public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(_objects.TryGetValue(key, out var bytes) ? new LakeObject(key, bytes.Length) : null);

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) =>
        _objects.TryGetValue(key, out var bytes)
            ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : throw new LakeObjectNotFoundException($"There is no {key}.");

    public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        Begun.Add(key);
        return Task.FromResult<LakeObjectWriter>(new Writer(this, key));
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        _objects.Remove(key);
        return Task.CompletedTask;
    }

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default)
    {
        if (_objects.Remove(sourceKey, out var bytes))
        {
            _objects[destinationKey] = bytes;
            return Task.CompletedTask;
        }

        return _objects.TryGetValue(destinationKey, out var moved) && Convert.ToHexStringLower(SHA256.HashData(moved)) == sha256
            ? Task.CompletedTask
            : throw new LakeObjectNotFoundException($"There is no {sourceKey}.");
    }

    private sealed class Writer(RecordingLake lake, string key) : LakeObjectWriter
    {
        private readonly CountedStream _bytes = new(lake);
        private bool _committed;

        public override Stream Stream => _bytes;

        public override Task CommitAsync(CancellationToken cancellationToken = default)
        {
            lake._objects[key] = _bytes.ToArray();
            _committed = true;
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            if (!_committed)
            {
                lake.GivenUp.Add(key);
            }

            return ValueTask.CompletedTask;
        }
    }
    private sealed class CountedStream(RecordingLake lake) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            lake.BytesWritten = Length;
        }
    }
}
