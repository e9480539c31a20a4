using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Tests.Lake;

/// <summary>What every lake promises, whatever holds it. A subclass says how to make an empty one.</summary>
public abstract class LakeContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whether what keeps the lake compares an object with the one that is meant, and replaces it, in one step.</summary>
    protected virtual bool ReplacesInOneStep => true;

    protected abstract Task<ILake> CreateLakeAsync();

    [Fact]
    public async Task An_object_reads_back_as_it_was_written()
    {
        var lake = await CreateLakeAsync();
        var bytes = RandomNumberGenerator.GetBytes(300_000);

        await WriteAsync(lake, "raw_data/to_process/a.json", bytes);

        Assert.Equal(bytes, await ReadAsync(lake, "raw_data/to_process/a.json"));
        Assert.Equal(new LakeObject("raw_data/to_process/a.json", 300_000), await lake.FindAsync("raw_data/to_process/a.json", Cancellation));
    }

    [Fact]
    public async Task An_object_may_be_empty()
    {
        var lake = await CreateLakeAsync();

        await WriteAsync(lake, "run_data/runs/x.json", []);

        Assert.Empty(await ReadAsync(lake, "run_data/runs/x.json"));
        Assert.Equal(0, (await lake.FindAsync("run_data/runs/x.json", Cancellation))?.SizeBytes);
    }

    [Theory]
    [InlineData("raw_data/to_process/Ünï côde 音楽 🎵.json")]
    [InlineData("raw_data/to_process/a,b;c'd%20e+f=g&h.json")]
    [InlineData("a")]
    [InlineData("a/b/c/d/e/f/g/h")]
    [InlineData("x/..a")]
    [InlineData("x/a..json")]
    public async Task Any_ordinary_name_is_a_key(string key)
    {
        var lake = await CreateLakeAsync();

        await WriteAsync(lake, key, "text"u8.ToArray());

        Assert.Equal("text"u8.ToArray(), await ReadAsync(lake, key));
        Assert.NotNull(await lake.FindAsync(key, Cancellation));
    }

    [Fact]
    public async Task A_missing_object_is_not_found_and_named()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/b", [1]);

        Assert.Null(await lake.FindAsync("a/c", Cancellation));
        Assert.Null(await lake.FindAsync("missing/c", Cancellation));
        Assert.Null(await lake.FindAsync("a", Cancellation));
        var failure = await Assert.ThrowsAsync<LakeObjectNotFoundException>(() => lake.OpenReadAsync("missing/c", Cancellation));
        Assert.Contains("missing/c", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LakeObjectNotFoundException>(() => lake.OpenReadAsync("a/c", Cancellation));
    }

    [Fact]
    public async Task Nobody_sees_an_object_before_its_commit()
    {
        var lake = await CreateLakeAsync();
        await using var writer = await lake.CreateAsync("a/new", Cancellation);
        await writer.Stream.WriteAsync("half"u8.ToArray(), Cancellation);
        await writer.Stream.FlushAsync(Cancellation);

        Assert.Null(await lake.FindAsync("a/new", Cancellation));
        Assert.Empty(await KeysAsync(lake, ""));

        await writer.CommitAsync(Cancellation);

        Assert.Equal("half"u8.ToArray(), await ReadAsync(lake, "a/new"));
        Assert.Equal(["a/new"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task A_writer_that_is_not_committed_leaves_the_object_as_it_was()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/b", "old"u8.ToArray());

        await using (var writer = await lake.CreateAsync("a/b", Cancellation))
        {
            await writer.Stream.WriteAsync("something new"u8.ToArray(), Cancellation);
        }

        Assert.Equal("old"u8.ToArray(), await ReadAsync(lake, "a/b"));
    }

    [Fact]
    public async Task A_commit_replaces_the_object_whole()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/b", "a long old text"u8.ToArray());

        await WriteAsync(lake, "a/b", "new"u8.ToArray());

        Assert.Equal("new"u8.ToArray(), await ReadAsync(lake, "a/b"));
    }

    [Fact]
    public async Task A_reader_keeps_the_object_that_it_opened()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/b", "old"u8.ToArray());
        await using var reader = await lake.OpenReadAsync("a/b", Cancellation);

        await WriteAsync(lake, "a/b", "new"u8.ToArray());

        using var read = new StreamReader(reader);
        Assert.Equal("old", await read.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Two_writers_of_one_key_leave_the_one_that_committed_last()
    {
        var lake = await CreateLakeAsync();
        await using var first = await lake.CreateAsync("a/b", Cancellation);
        await using var second = await lake.CreateAsync("a/b", Cancellation);
        await first.Stream.WriteAsync("first"u8.ToArray(), Cancellation);
        await second.Stream.WriteAsync("second"u8.ToArray(), Cancellation);

        await second.CommitAsync(Cancellation);
        await first.CommitAsync(Cancellation);

        Assert.Equal("first"u8.ToArray(), await ReadAsync(lake, "a/b"));
    }

    [Fact]
    public async Task A_listing_is_in_ordinal_order_of_key_across_folders()
    {
        var lake = await CreateLakeAsync();
        foreach (var key in new[] { "b", "a/b", "a-b", "a/a/c", "a/B", "a/é", "a/a.json", "a/a-1" })
        {
            await WriteAsync(lake, key, [1]);
        }

        Assert.Equal(["a-b", "a/B", "a/a-1", "a/a.json", "a/a/c", "a/b", "a/é", "b"], await KeysAsync(lake, ""));
    }

    [Theory]
    [InlineData("", "a/1,a/2,ab/1,b")]
    [InlineData("a", "a/1,a/2,ab/1")]
    [InlineData("a/", "a/1,a/2")]
    [InlineData("a/2", "a/2")]
    [InlineData("c/", "")]
    [InlineData("b/", "")]
    public async Task A_listing_holds_the_keys_that_begin_with_the_prefix(string prefix, string expected)
    {
        var lake = await CreateLakeAsync();
        foreach (var key in new[] { "b", "ab/1", "a/2", "a/1" })
        {
            await WriteAsync(lake, key, [1]);
        }

        Assert.Equal(expected, string.Join(',', await KeysAsync(lake, prefix)));
    }

    [Fact]
    public async Task A_listing_goes_on_after_any_key_even_one_that_is_gone()
    {
        var lake = await CreateLakeAsync();
        foreach (var key in new[] { "a/1", "a/2", "a/3" })
        {
            await WriteAsync(lake, key, [1]);
        }

        Assert.Equal(["a/2", "a/3"], await KeysAsync(lake, "a/", "a/1"));
        Assert.Equal(["a/2", "a/3"], await KeysAsync(lake, "a/", "a/1.gone"));
        Assert.Empty(await KeysAsync(lake, "a/", "a/3"));
        Assert.Equal(["a/1", "a/2", "a/3"], await KeysAsync(lake, "a/", "A"));
    }

    [Fact]
    public async Task A_listing_of_an_empty_lake_is_empty()
    {
        var lake = await CreateLakeAsync();

        Assert.Empty(await KeysAsync(lake, ""));
        Assert.Empty(await KeysAsync(lake, "raw_data/to_process/"));
    }

    [Fact]
    public async Task A_listing_says_the_sizes()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/1", new byte[7]);

        var found = new List<LakeObject>();
        await foreach (var item in lake.ListAsync("a/", cancellationToken: Cancellation))
        {
            found.Add(item);
        }

        Assert.Equal([new LakeObject("a/1", 7)], found);
    }

    [Fact]
    public async Task Deleting_is_a_success_twice()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/b", [1]);

        await lake.DeleteAsync("a/b", Cancellation);
        await lake.DeleteAsync("a/b", Cancellation);
        await lake.DeleteAsync("never/was", Cancellation);

        Assert.Null(await lake.FindAsync("a/b", Cancellation));
    }

    [Fact]
    public async Task A_move_takes_the_object_and_replaces_the_destination()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "to_process/a", "bytes"u8.ToArray());
        await WriteAsync(lake, "processed/a", "other bytes"u8.ToArray());

        await lake.MoveAsync("to_process/a", "processed/a", Sha256("bytes"), Cancellation);

        Assert.Equal(["processed/a"], await KeysAsync(lake, ""));
        Assert.Equal("bytes"u8.ToArray(), await ReadAsync(lake, "processed/a"));
    }

    [Fact]
    public async Task A_move_may_be_repeated()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "to_process/a", "bytes"u8.ToArray());

        await lake.MoveAsync("to_process/a", "processed/a", Sha256("bytes"), Cancellation);
        await lake.MoveAsync("to_process/a", "processed/a", Sha256("bytes"), Cancellation);

        Assert.Equal(["processed/a"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task Moves_at_the_same_time_all_succeed()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "to_process/a", "bytes"u8.ToArray());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => lake.MoveAsync("to_process/a", "processed/a", Sha256("bytes"), Cancellation), Cancellation)));

        Assert.Equal("bytes"u8.ToArray(), await ReadAsync(lake, "processed/a"));
        Assert.Equal(["processed/a"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task A_move_fails_when_the_source_is_gone_and_the_destination_holds_other_bytes()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "processed/a", "other bytes"u8.ToArray());

        var failure = await Assert.ThrowsAsync<LakeObjectNotFoundException>(
            () => lake.MoveAsync("to_process/a", "processed/a", Sha256("bytes"), Cancellation));

        Assert.Contains("to_process/a", failure.Message, StringComparison.Ordinal);
        Assert.Equal("other bytes"u8.ToArray(), await ReadAsync(lake, "processed/a"));
    }

    [Fact]
    public async Task A_move_fails_when_neither_is_there()
    {
        var lake = await CreateLakeAsync();

        var failure = await Assert.ThrowsAsync<LakeObjectNotFoundException>(
            () => lake.MoveAsync("to_process/a", "processed/a", Sha256("bytes"), Cancellation));

        Assert.Contains("to_process/a", failure.Message, StringComparison.Ordinal);
        Assert.Contains("processed/a", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/b", [1]);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.DeleteAsync("a/b", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.MoveAsync("a/b", "a/c", Sha256("x"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.CreateAsync("a/d", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in lake.ListAsync("a/", cancellationToken: cancelled))
            {
                Assert.Fail($"listed {item.Key}");
            }
        });

        Assert.Equal(["a/b"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task An_empty_key_is_refused()
    {
        var lake = await CreateLakeAsync();

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => lake.CreateAsync("", Cancellation));

        Assert.Contains("key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_makes_an_object_of_what_was_there()
    {
        var lake = await CreateLakeAsync();
        List<byte[]?> seen = [];
        byte[]? Change(byte[]? before, byte[]? after)
        {
            seen.Add(before);
            return after;
        }

        await lake.UpdateAsync("run_data/x.json", before => Change(before, null), Cancellation);
        Assert.Empty(await KeysAsync(lake, ""));

        await lake.UpdateAsync("run_data/x.json", before => Change(before, [1]), Cancellation);
        await lake.UpdateAsync("run_data/x.json", before => Change(before, [2, 2]), Cancellation);
        await lake.UpdateAsync("run_data/x.json", before => Change(before, null), Cancellation);

        Assert.Equal([null, null, [1], [2, 2]], seen);
        Assert.Equal([2, 2], await ReadAsync(lake, "run_data/x.json"));
    }

    [Fact]
    public async Task A_replacement_is_made_of_what_was_there_and_seen_when_it_is_committed()
    {
        var lake = await CreateLakeAsync();
        const string Key = "analytics_data/x/month=2026-11/x.parquet";

        Assert.True(await TryReplaceAsync(lake, Key, before => [.. before ?? [0], 1]));
        Assert.True(await TryReplaceAsync(lake, Key, before => [.. before ?? [0], 2]));
        await using (var left = await lake.BeginReplacementAsync(Key, Cancellation))
        {
            await left.After.WriteAsync(new byte[] { 9 }, Cancellation);
        }

        Assert.Equal([0, 1, 2], await ReadAsync(lake, Key));
        Assert.Equal([Key], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task An_object_may_be_deleted_in_place_of_being_replaced()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "analytics_data/x", [1]);

        await using (var replacement = await lake.BeginReplacementAsync("analytics_data/x", Cancellation))
        {
            Assert.True(await replacement.TryDeleteAsync(Cancellation));
        }

        Assert.Null(await lake.FindAsync("analytics_data/x", Cancellation));
    }

    [Fact]
    public async Task Of_those_who_replace_an_object_at_once_none_takes_away_what_another_wrote()
    {
        Assert.SkipUnless(ReplacesInOneStep, "What keeps this lake looks at what is there and writes in two steps: two may both be told that they were first.");
        const int Writers = 6;
        var lake = await CreateLakeAsync();

        await Parallel.ForAsync(
            0,
            Writers,
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = Cancellation },
            async (number, _) =>
            {
                while (!await TryReplaceAsync(lake, "analytics_data/x", before => [.. before ?? [], (byte)number]))
                {
                    await Task.Yield();
                }
            });

        Assert.Equal(Enumerable.Range(0, Writers).Select(number => (byte)number), (await ReadAsync(lake, "analytics_data/x")).Order());
    }

    private static async Task<bool> TryReplaceAsync(ILake lake, string key, Func<byte[]?, byte[]> change)
    {
        await using var replacement = await lake.BeginReplacementAsync(key, Cancellation);
        byte[]? before = null;
        if (replacement.Before is { } stream)
        {
            Assert.True(stream.CanSeek, "what was there can be read in any order");
            before = new byte[stream.Length];
            await stream.ReadExactlyAsync(before, Cancellation);
        }

        await replacement.After.WriteAsync(change(before), Cancellation);
        return await replacement.TryCommitAsync(Cancellation);
    }

    protected static async Task WriteAsync(ILake lake, string key, byte[] bytes)
    {
        await using var writer = await lake.CreateAsync(key, Cancellation);
        await writer.Stream.WriteAsync(bytes, Cancellation);
        await writer.CommitAsync(Cancellation);
    }

    protected static async Task<byte[]> ReadAsync(ILake lake, string key)
    {
        await using var stream = await lake.OpenReadAsync(key, Cancellation);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, Cancellation);
        return memory.ToArray();
    }

    protected static async Task<IReadOnlyList<string>> KeysAsync(ILake lake, string prefix, string? startAfter = null)
    {
        var keys = new List<string>();
        await foreach (var item in lake.ListAsync(prefix, startAfter, Cancellation))
        {
            keys.Add(item.Key);
        }

        return keys;
    }

    protected static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
