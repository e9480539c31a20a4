using System.Runtime.CompilerServices;
using System.Text.Json;
using SpotifyEtl.Errors;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Lake.Records;

/// <summary>The small records that runs keep in the lake under run_data, each one line of JSON, so that crawlers can read them too.</summary>
public sealed class LakeRecords(ILake lake)
{
    /// <summary>A record.</summary>
    /// <exception cref="LakeObjectNotFoundException">There is none.</exception>
    /// <exception cref="PermanentEtlException">It cannot be read.</exception>
    public async Task<T> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ParseAsync<T>(key, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new PermanentEtlException(
                $"The record {key} in the lake ({lake.Location}) cannot be read: {JsonFault.Of(exception)} Mend it, or delete it.", exception);
        }
    }

    /// <summary>A record; null when there is none, or one that cannot be read: that says nothing, and is written anew.</summary>
    public async Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ParseAsync<T>(key, cancellationToken);
        }
        catch (Exception exception) when (exception is LakeObjectNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The records of a folder, in order of key.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync<T>(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var found in lake.ListAsync(prefix, cancellationToken: cancellationToken))
        {
            yield return await ReadAsync<T>(found.Key, cancellationToken);
        }
    }

    public async Task WriteAsync<T>(string key, T record, CancellationToken cancellationToken)
        where T : class
    {
        await using var writer = await lake.CreateAsync(key, cancellationToken);
        await writer.Stream.WriteAsync(LineOf(record), cancellationToken);
        await writer.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Replaces a record by what <paramref name="change"/> makes of it (null when there is none that can be read); when that is null, it stays. Of those
    /// who update at once, each sees what the one before has written.
    /// </summary>
    public Task UpdateAsync<T>(string key, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class =>
        lake.UpdateAsync(key, before => change(Parse<T>(before)) is { } after ? LineOf(after) : null, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => lake.DeleteAsync(key, cancellationToken);

    private async Task<T> ParseAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        await using var stream = await lake.OpenReadAsync(key, cancellationToken);
        return await JsonSerializer.DeserializeAsync<T>(stream, PayloadJson.Options, cancellationToken) ?? throw new JsonException("it holds nothing.");
    }

    private static byte[] LineOf<T>(T record) => [.. JsonSerializer.SerializeToUtf8Bytes(record, PayloadJson.Options), (byte)'\n'];

    private static T? Parse<T>(byte[]? record)
        where T : class
    {
        try
        {
            return record is null ? null : JsonSerializer.Deserialize<T>(record, PayloadJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
