using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Functions.Tests.Lake;

/// <summary>A lake in memory. What is written shows with the commit, as in any other; what was begun and what was given up is remembered.</summary>
internal sealed class MemoryLake : ILake
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public string Location => "memory:";

    /// <summary>Wraps every stream that is opened for reading.</summary>
    public Func<Stream, Stream> Reading { get; set; } = stream => stream;

    /// <summary>Wraps every stream that is opened for writing.</summary>
    public Func<Stream, Stream> Writing { get; set; } = stream => stream;

    /// <summary>Called before an object is begun, committed, deleted or opened, with "create", "commit", "delete" or "open" and its key.</summary>
    public Action<string, string> Before { get; set; } = (_, _) => { };

    /// <summary>The keys of the writes that were begun, in order.</summary>
    public ConcurrentQueue<string> Begun { get; } = [];

    /// <summary>The keys of the writes that were never committed.</summary>
    public ConcurrentQueue<string> GivenUp { get; } = [];

    /// <summary>The size so far of the object that was written to last.</summary>
    public long BytesWritten { get; private set; }

    public IReadOnlyList<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    public byte[] this[string key]
    {
        get => _objects[key];
        set => _objects[key] = value;
    }

    public string Text(string key) => Encoding.UTF8.GetString(_objects[key]);

    public Task PrepareAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async IAsyncEnumerable<LakeObject> ListAsync(
        string prefix, string? startAfter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Before("list", prefix);
        await Task.CompletedTask;
        foreach (var key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, startAfter) > 0))
        {
            yield return new LakeObject(key, _objects[key].Length) { Fault = LakeKeys.RawNameIn(key) is { } name ? FaultOfName(name) : null };
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
        Begun.Enqueue(key);
        return Task.FromResult<LakeObjectWriter>(new Writer(this, key));
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        Before("delete", key);
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default)
    {
        Before("move", sourceKey);
        if (_objects.TryRemove(sourceKey, out var bytes))
        {
            _objects[destinationKey] = bytes;
            return Task.CompletedTask;
        }

        return _objects.TryGetValue(destinationKey, out var moved) && Convert.ToHexStringLower(SHA256.HashData(moved)) == sha256
            ? Task.CompletedTask
            : throw new LakeObjectNotFoundException($"There is no object {sourceKey}.");
    }

    public Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default)
    {
        Before("set aside", sourceKey);
        if (_objects.TryRemove(sourceKey, out var bytes))
        {
            _objects[destinationKey] = bytes;
        }

        return Task.CompletedTask;
    }

    public string? FaultOfName(string rawFileName) => RawNames.Fault(rawFileName, mostNameBytes: 255, mostKeyBytes: 1024);

    public async Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default)
    {
        Before("open", key);
        while (true)
        {
            var before = _objects.GetValueOrDefault(key);
            if (change(before) is not { } after)
            {
                return;
            }

            await using var writer = await CreateAsync(key, cancellationToken);
            await writer.Stream.WriteAsync(after, cancellationToken);
            if (_objects.GetValueOrDefault(key) == before)
            {
                await writer.CommitAsync(cancellationToken);
                return;
            }
        }
    }

    public Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default)
    {
        Before("open", key);
        return Task.FromResult<LakeReplacement>(new Replacement(this, key, _objects.GetValueOrDefault(key)));
    }

    private sealed class Replacement(MemoryLake lake, string key, byte[]? before) : LakeReplacement
    {
        private readonly MemoryStream _after = new();

        public override Stream? Before { get; } = before is null ? null : new MemoryStream(before, writable: false);

        public override Stream After => _after;

        public override Task<bool> TryCommitAsync(CancellationToken cancellationToken = default)
        {
            lake.Before("commit", key);
            var after = _after.ToArray();
            return Task.FromResult(before is null ? lake._objects.TryAdd(key, after) : lake._objects.TryUpdate(key, after, before));
        }

        public override Task<bool> TryDeleteAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(before is null || lake._objects.TryRemove(KeyValuePair.Create(key, before)));

        public override ValueTask DisposeAsync() => _after.DisposeAsync();
    }

    private sealed class Writer : LakeObjectWriter
    {
        private readonly MemoryLake _lake;
        private readonly string _key;
        private readonly CountedStream _stream;
        private bool _committed;

        public Writer(MemoryLake lake, string key)
        {
            _lake = lake;
            _key = key;
            _stream = new CountedStream(lake);
            Stream = lake.Writing(_stream);
        }

        public override Stream Stream { get; }

        public override Task CommitAsync(CancellationToken cancellationToken = default)
        {
            _lake.Before("commit", _key);
            _lake[_key] = _stream.ToArray();
            _committed = true;
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            if (!_committed)
            {
                _lake.GivenUp.Enqueue(_key);
            }

            return _stream.DisposeAsync();
        }
    }

    private sealed class CountedStream(MemoryLake lake) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            lake.BytesWritten = Length;
        }
    }
}
