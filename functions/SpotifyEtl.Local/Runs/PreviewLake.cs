using System.Collections.Concurrent;
using System.Security.Cryptography;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Runs;

/// <summary>Reads another lake, and instead of writing to it notes what that would change there.</summary>
internal sealed class PreviewLake(ILake lake) : ILake
{
    // Tables are committed side by side.
    private readonly ConcurrentBag<ObjectChange> _changes = [];

    /// <summary>What would change, in order of key.</summary>
    public IReadOnlyList<ObjectChange> Changes => [.. _changes.OrderBy(change => change.Key, StringComparer.Ordinal)];

    public string Location => lake.Location;

    public Task PrepareAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException("A preview makes nothing ready.");

    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default) =>
        lake.ListAsync(prefix, startAfter, cancellationToken);

    public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) => lake.FindAsync(key, cancellationToken);

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) => lake.OpenReadAsync(key, cancellationToken);

    public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult<LakeObjectWriter>(new Writer(this, key));

    public async Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        if (await lake.FindAsync(key, cancellationToken) is not null)
        {
            _changes.Add(new ObjectChange(key, ChangeKind.Removed));
        }
    }

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A preview moves nothing.");

    public Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A preview moves nothing.");

    public string? FaultOfName(string rawFileName) => lake.FaultOfName(rawFileName);

    public Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A preview keeps no records.");

    public Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A preview replaces nothing.");

    private async Task CompareAsync(string key, byte[] sha256, CancellationToken cancellationToken)
    {
        try
        {
            await using var before = await lake.OpenReadAsync(key, cancellationToken);
            var found = await SHA256.HashDataAsync(before, cancellationToken);
            if (!found.AsSpan().SequenceEqual(sha256))
            {
                _changes.Add(new ObjectChange(key, ChangeKind.Changed));
            }
        }
        catch (LakeObjectNotFoundException)
        {
            _changes.Add(new ObjectChange(key, ChangeKind.Added));
        }
    }

    private sealed class Writer : LakeObjectWriter
    {
        private readonly SHA256 _hash = SHA256.Create();
        private readonly CryptoStream _stream;
        private readonly PreviewLake _lake;
        private readonly string _key;

        public Writer(PreviewLake lake, string key)
        {
            _lake = lake;
            _key = key;
            _stream = new CryptoStream(Stream.Null, _hash, CryptoStreamMode.Write);
        }

        public override Stream Stream => _stream;

        public override async Task CommitAsync(CancellationToken cancellationToken = default)
        {
            await _stream.FlushFinalBlockAsync(cancellationToken);
            await _lake.CompareAsync(_key, _hash.Hash!, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await _stream.DisposeAsync();
            _hash.Dispose();
        }
    }
}
