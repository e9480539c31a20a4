using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Lake.Records;

/// <summary>
/// The small records that runs keep in the lake under run_data, each one line of JSON, so that crawlers can read them too. One that cannot be read is
/// named in the log and counts as none: it is nobody else's matter.
/// </summary>
public sealed class LakeRecords(ILake lake, ILogger<LakeRecords>? logger = null)
{
    private const string Remedy = "It is left out: delete it, or put a whole copy in its place.";

    private readonly ILogger _logger = logger ?? (ILogger)NullLogger.Instance;

    /// <summary>A record, none, or one that cannot be read, with the reason.</summary>
    public async Task<FoundRecord<T>> LookAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new FoundRecord<T>(RecordText.Parse<T>(await ReadAsync(key, cancellationToken)), Problem: null);
        }
        catch (LakeObjectNotFoundException)
        {
            return new FoundRecord<T>(Record: null, Problem: null);
        }
        catch (JsonException exception)
        {
            return new FoundRecord<T>(Record: null, Problem(key, exception));
        }
    }

    /// <summary>A record; null when there is none, or one that cannot be read: that says nothing, and is written anew.</summary>
    public async Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var found = await LookAsync<T>(key, cancellationToken);
        Tell(found.Problem);
        return found.Record;
    }

    /// <summary>The records of a folder that can be read, in order of key.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync<T>(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var found in lake.ListAsync(prefix, cancellationToken: cancellationToken))
        {
            if (await FindAsync<T>(found.Key, cancellationToken) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <summary>The records of a folder as they stand there, in order of key: those that can be read, whichever version wrote them.</summary>
    /// <param name="prefix">The folder.</param>
    /// <param name="idField">The field that a record of any version has.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<string> ReadTextsAsync<T>(string prefix, string idField, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var found in lake.ListAsync(prefix, cancellationToken: cancellationToken))
        {
            if (IsRecord(found))
            {
                var looked = await LookAtTextAsync<T>(found.Key, idField, cancellationToken);
                Tell(looked.Problem);
                if (looked.Record is { } text)
                {
                    yield return text;
                }
            }
        }
    }

    /// <summary>What is wrong with those records of a folder that cannot be read, whichever version wrote them.</summary>
    public async IAsyncEnumerable<string> FindProblemsAsync<T>(
        string prefix, string idField, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var found in lake.ListAsync(prefix, cancellationToken: cancellationToken))
        {
            if (IsRecord(found) && await LookAtTextAsync<T>(found.Key, idField, cancellationToken) is { Problem: { } problem })
            {
                yield return problem;
            }
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

    private async Task<FoundRecord<string>> LookAtTextAsync<T>(string key, string idField, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var text = await ReadAsync(key, cancellationToken);
            RecordText.Check<T>(text, idField);
            return new FoundRecord<string>(Encoding.UTF8.GetString(text), Problem: null);
        }
        catch (LakeObjectNotFoundException)
        {
            return new FoundRecord<string>(Record: null, Problem: null);
        }
        catch (JsonException exception)
        {
            return new FoundRecord<string>(Record: null, Problem(key, exception));
        }
    }

    private static bool IsRecord(LakeObject found) => found.Key.EndsWith(".json", StringComparison.Ordinal);

    private async Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenReadAsync(key, cancellationToken);
        using MemoryStream all = new();
        await stream.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }

    private void Tell(string? problem)
    {
        if (problem is not null)
        {
            RecordLog.LeftOut(_logger, problem);
        }
    }

    private static string Problem(string key, JsonException exception) => $"The record {key} cannot be read: {RecordFault.Of(exception)}. {Remedy}";

    private static byte[] LineOf<T>(T record) => [.. JsonSerializer.SerializeToUtf8Bytes(record, PayloadJson.Options), (byte)'\n'];

    private static T? Parse<T>(byte[]? record)
        where T : class
    {
        try
        {
            return record is null ? null : RecordText.Parse<T>(record);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What was found under a record's key.</summary>
/// <param name="Record">The record; null: there is none that can be read.</param>
/// <param name="Problem">Why one that is there cannot be read, and what to do; null: there is none such.</param>
public sealed record FoundRecord<T>(T? Record, string? Problem)
    where T : class;
