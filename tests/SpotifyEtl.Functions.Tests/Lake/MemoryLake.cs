using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Functions.Tests.Lake;

/// <summary>A lake in memory. What is written shows with the commit, as in any other.</summary>
internal sealed class MemoryLake : ILake
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public string Location => "memory:";

    /// <summary>Wraps every stream that is opened for reading.</summary>
    public Func<Stream, Stream> Reading { get; set; } = stream => stream;

    /// <summary>Wraps every stream that is opened for writing.</summary>
    public Func<Stream, Stream> Writing { get; set; } = stream => stream;

    /// <summary>Called before an object is begun, committed or opened, with "create", "commit" or "open" and its key.</summary>
    public Action<string, string> Before { get; set; } = (_, _) => { };

    public IReadOnlyList<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    public byte[] this[string key]
    {
        get => _objects[key];
        set => _objects[key] = value;
    }

    public string Text(string key) => Encoding.UTF8.GetString(_objects[key]);

    public async IAsyncEnumerable<LakeObject> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, startAfter) > 0))
        {
            yield return new LakeObject(key, _objects[key].Length);
        }
    }

    public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(_objects.TryGetValue(key, out var bytes) ? new LakeObject(key, bytes.Length) : null);

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        Before("open", key);
        return _objects.TryGetValue(key, out var bytes)
            ? Task.FromResult(Reading(new MemoryStream(bytes, writable: false)))
            : throw new LakeObjectNotFoundException($"There is no object {key}.");
    }

    public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default)
    {
        Before("create", key);
        return Task.FromResult<LakeObjectWriter>(new Writer(this, key));
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default)
    {
        if (_objects.TryRemove(sourceKey, out var bytes))
        {
            _objects[destinationKey] = bytes;
            return Task.CompletedTask;
        }

        return _objects.TryGetValue(destinationKey, out var moved) && Convert.ToHexStringLower(SHA256.HashData(moved)) == sha256
            ? Task.CompletedTask
            : throw new LakeObjectNotFoundException($"There is no object {sourceKey}.");
    }

    private sealed class Writer(MemoryLake lake, string key) : LakeObjectWriter
    {
        private readonly MemoryStream _bytes = new();
        private Stream? _stream;

        public override Stream Stream => _stream ??= lake.Writing(_bytes);

        public override Task CommitAsync(CancellationToken cancellationToken = default)
        {
            lake.Before("commit", key);
            lake[key] = _bytes.ToArray();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _bytes.DisposeAsync();
    }
}
