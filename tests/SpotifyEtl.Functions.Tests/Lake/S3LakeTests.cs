using System.Security.Cryptography;
using Amazon.Runtime.Internal.Util;
using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;

namespace SpotifyEtl.Functions.Tests.Lake;

public sealed class S3LakeTests : IAsyncLifetime
{
    private const string Bucket = "spotify-etl-project-demo";

    private static readonly S3Limits s_smallParts = new(FirstPartBytes: 1000, LargestCopyBytes: 4000, CopyPartBytes: 1500, ListPage: 3);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
    private AwsServer _server = null!;
    private S3FakeBucket _bucket = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AwsServer.StartAsync();
        _bucket = _server.S3.CreateBucket(Bucket);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 0)]
    [InlineData(1001, 2)]
    [InlineData(25_300, 26)]
    public async Task An_object_goes_up_in_as_many_parts_as_its_size_needs(int size, int parts)
    {
        var lake = Lake();
        var bytes = RandomNumberGenerator.GetBytes(size);

        await WriteAsync(lake, "a/b.json", bytes);

        Assert.Equal(bytes, _bucket.Get("a/b.json").Bytes());
        Assert.Equal(parts, _server.Requests.Count(request => request.Operation == "UploadPart"));
        Assert.Empty(_server.S3.Uploads);
        Assert.Equal(bytes, await ReadAsync(lake, "a/b.json"));
        Assert.Equal("application/json", _bucket.Get("a/b.json").ContentType);
    }

    [Theory]
    [InlineData("raw_data/to_process/a%41 +é.json", null)]
    [InlineData("raw_data/to_process/control\u0001.json", "its name holds a control character")]
    [InlineData("raw_data/to_process/back\\slash.json", "its name holds a backslash or a slash")]
    [InlineData("raw_data/processed/back\\slash.json", "its name holds a backslash or a slash")]
    [InlineData("raw_data/rejected/back\\slash.json", null)]
    public async Task A_key_whose_name_cannot_be_used_is_listed_with_what_is_wrong_and_set_aside(string key, string? fault)
    {
        var lake = Lake();
        await WriteAsync(lake, "a", [1, 2, 3]);
        _bucket.Put(key, _bucket.Get("a"));

        var found = await lake.ListAsync("raw_data/", cancellationToken: Cancellation).SingleAsync(Cancellation);
        if (fault is not null)
        {
            var usable = RawNames.Usable(LakeKeys.RawNameIn(found.Key)!, lake.FaultOfName);
            await lake.SetAsideAsync(found.Key, LakeKeys.Rejected + usable, Cancellation);
            await lake.SetAsideAsync(found.Key, LakeKeys.Rejected + usable, Cancellation);
            Assert.Equal([1, 2, 3], await ReadAsync(lake, LakeKeys.Rejected + usable));
            Assert.Equal(["a", LakeKeys.Rejected + usable], _bucket.List("", "", 10).Select(item => item.Key));
        }

        Assert.Equal(new LakeObject(key, 3) { Fault = fault }, found);
    }

    [Theory]
    [InlineData("", 962)]
    [InlineData("/some/prefix", 950)]
    public void A_name_may_be_as_long_as_the_keys_that_are_made_of_it(string prefix, int stem)
    {
        var lake = Lake(uri: $"s3://{Bucket}{prefix}");

        Assert.Null(lake.FaultOfName(new string('x', stem - 1) + ".json"));
        Assert.Null(lake.FaultOfName(new string('x', stem) + ".json"));
        Assert.StartsWith("its name is too long", lake.FaultOfName(new string('x', stem + 1) + ".json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_object_that_is_not_committed_leaves_neither_object_nor_upload()
    {
        await using (var writer = await Lake().CreateAsync("a/b", Cancellation))
        {
            await writer.Stream.WriteAsync(new byte[5000], Cancellation);
            Assert.Single(_server.S3.Uploads);
        }

        Assert.Empty(_server.S3.Uploads);
        Assert.Empty(_bucket.List("", "", 10));
    }

    [Fact]
    public async Task A_part_that_fails_fails_the_write_and_its_upload_is_aborted()
    {
        _server.Faults = request => request.Operation == "UploadPart" ? Fault.SlowDown : null;
        var writer = await Lake().CreateAsync("a/b", Cancellation);

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => writer.Stream.WriteAsync(new byte[5000], Cancellation).AsTask());
        await writer.DisposeAsync();

        Assert.Contains($"part 1 of s3://{Bucket}/a/b", failure.Message, StringComparison.Ordinal);
        Assert.Contains("SlowDown", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_server.S3.Uploads);
    }

    [Fact]
    public async Task An_end_of_an_upload_whose_answer_was_lost_is_a_success_when_it_is_repeated()
    {
        var lost = false;
        _server.Faults = request => request.Operation == "CompleteMultipartUpload" && !lost && (lost = true) ? Fault.LostAnswer : null;

        await WriteAsync(Lake(retries: 1), "a/b", new byte[5000]);

        Assert.Equal(5000, _bucket.Get("a/b").Size);
        Assert.Equal(2, _server.Requests.Count(request => request.Operation == "CompleteMultipartUpload"));
    }

    [Fact]
    public async Task Uploads_that_killed_processes_left_are_aborted_after_a_day()
    {
        _server.S3.BeginUpload(Bucket, "lake/old", _time.GetUtcNow() - TimeSpan.FromHours(25));
        _server.S3.BeginUpload(Bucket, "lake/young", _time.GetUtcNow() - TimeSpan.FromHours(23));
        _server.S3.BeginUpload(Bucket, "another/old", _time.GetUtcNow() - TimeSpan.FromHours(25));

        await WriteAsync(Lake(uri: $"s3://{Bucket}/lake"), "a/b", new byte[5000]);

        Assert.Equal(["another/old", "lake/young"], _server.S3.Uploads.Select(upload => upload.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_download_that_breaks_goes_on_where_it_broke()
    {
        var bytes = RandomNumberGenerator.GetBytes(400_000);
        await WriteAsync(Lake(S3Limits.Default), "a/b", bytes);
        var breaks = 0;
        _server.Faults = request => request.Operation == "GetObject" && breaks++ < 3 ? Fault.Cut(100_000) : null;

        Assert.Equal(bytes, await ReadAsync(Lake(), "a/b"));
        Assert.Equal(4, breaks);
    }

    [Fact]
    public async Task A_download_that_goes_on_with_another_object_fails()
    {
        var lake = Lake(S3Limits.Default);
        await WriteAsync(lake, "a/b", new byte[400_000]);
        var broken = false;
        _server.Faults = request => request.Operation == "GetObject" && !broken && (broken = true) ? Fault.Cut(100_000) : null;
        await using var stream = await lake.OpenReadAsync("a/b", Cancellation);
        await WriteAsync(lake, "a/b", new byte[400_001]);

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => stream.CopyToAsync(Stream.Null, Cancellation));

        Assert.Contains("was replaced while it was read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_never_gets_on_fails()
    {
        await WriteAsync(Lake(S3Limits.Default), "a/b", new byte[400_000]);
        _server.Faults = request => request.Operation == "GetObject" ? Fault.Cut(0) : null;

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => ReadAsync(Lake(), "a/b"));

        Assert.Contains($"s3://{Bucket}/a/b", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_verified_by_its_checksum_is_not_hashed_with_MD5_too()
    {
        await WriteAsync(Lake(), "a", [1, 2, 3]);
        _bucket.Put("of another", _bucket.Get("a") with { Checksum = "" });
        using var client = _server.S3Client();

        using var verified = await client.GetObjectAsync(Bucket, "a", Cancellation);
        using var unverified = await client.GetObjectAsync(Bucket, "of another", Cancellation);

        Assert.IsNotType<MD5Stream>(verified.ResponseStream);
        Assert.IsType<MD5Stream>(unverified.ResponseStream);
        Assert.Equal(unverified.ETag, verified.ETag);
        Assert.False(string.IsNullOrEmpty(verified.ETag));
    }

    [Fact]
    public async Task Bytes_that_are_not_those_of_the_checksum_are_refused()
    {
        await WriteAsync(Lake(S3Limits.Default), "a/b", new byte[1000]);
        _bucket.Put("a/b", _bucket.Get("a/b") with { Checksum = Convert.ToBase64String(new byte[32]) });

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => ReadAsync(Lake(), "a/b"));

        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(3000)]
    [InlineData(10_100)]
    public async Task A_move_works_for_objects_of_any_size_whether_one_call_copies_them_or_many(int size)
    {
        var lake = Lake();
        var bytes = RandomNumberGenerator.GetBytes(size);
        await WriteAsync(lake, "from/a", bytes);

        await lake.MoveAsync("from/a", "to/a", Hash(bytes), Cancellation);
        await lake.MoveAsync("from/a", "to/a", Hash(bytes), Cancellation);

        Assert.Equal(bytes, await ReadAsync(lake, "to/a"));
        Assert.Equal(["to/a"], _bucket.List("", "", 10).Select(item => item.Key));
        Assert.Empty(_server.S3.Uploads);
    }

    [Fact]
    public async Task An_object_that_was_replaced_since_it_was_read_stays_where_it_is()
    {
        var lake = Lake();
        await WriteAsync(lake, "from/a", "other"u8.ToArray());

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => lake.MoveAsync("from/a", "to/a", Hash("bytes"u8.ToArray()), Cancellation));

        Assert.Contains("from/a", failure.Message, StringComparison.Ordinal);
        Assert.Equal("other"u8.ToArray(), _bucket.Get("from/a").Bytes());
    }

    [Fact]
    public async Task An_object_that_is_replaced_between_its_copy_and_its_deletion_is_not_deleted()
    {
        var lake = Lake();
        await WriteAsync(lake, "from/a", "bytes"u8.ToArray());
        await WriteAsync(lake, "new", "newer"u8.ToArray());
        _server.Faults = request =>
        {
            if (request.Operation == "DeleteObject")
            {
                _bucket.Put("from/a", _bucket.Get("new"));
            }

            return null;
        };

        await lake.MoveAsync("from/a", "to/a", Hash("bytes"u8.ToArray()), Cancellation);

        Assert.Equal("bytes"u8.ToArray(), _bucket.Get("to/a").Bytes());
        Assert.Equal("newer"u8.ToArray(), _bucket.Get("from/a").Bytes());
    }

    [Theory]
    [InlineData("HeadObject")]
    [InlineData("CopyObject")]
    [InlineData("DeleteObject")]
    public async Task A_move_that_fails_at_any_step_and_is_repeated_succeeds(string operation)
    {
        var lake = Lake();
        foreach (var fault in new[] { Fault.Reset, Fault.LostAnswer, Fault.InternalError })
        {
            await WriteAsync(lake, "from/a", "bytes"u8.ToArray());
            var failed = false;
            _server.Faults = request => request.Operation == operation && !failed && (failed = true) ? fault : null;
            await Record.ExceptionAsync(() => lake.MoveAsync("from/a", "to/a", Hash("bytes"u8.ToArray()), Cancellation));
            Assert.True(failed);
        }

        await lake.MoveAsync("from/a", "to/a", Hash("bytes"u8.ToArray()), Cancellation);

        Assert.Equal(["to/a"], _bucket.List("", "", 10).Select(item => item.Key));
    }

    [Fact]
    public async Task A_listing_reads_page_after_page()
    {
        var lake = Lake();
        foreach (var number in Enumerable.Range(0, 10))
        {
            await WriteAsync(lake, $"a/{number}", new byte[number]);
        }

        List<LakeObject> found = [];
        await foreach (var item in lake.ListAsync("a/", "a/1", Cancellation))
        {
            found.Add(item);
        }

        Assert.Equal(Enumerable.Range(2, 8).Select(number => new LakeObject($"a/{number}", number)), found);
        Assert.Equal(3, _server.Requests.Count(request => request.Operation == "ListObjectsV2"));
    }

    [Fact]
    public async Task A_prefix_is_part_of_every_key_and_of_none_that_is_told()
    {
        var lake = Lake(uri: $"s3://{Bucket}/team/etl/");
        await WriteAsync(lake, "a/b", new byte[3]);
        await WriteAsync(Lake(), "a/c", new byte[3]);

        Assert.Equal(new LakeObject("a/b", 3), await lake.FindAsync("a/b", Cancellation));
        Assert.Equal($"s3://{Bucket}/team/etl", lake.Location);
        List<string> keys = [];
        await foreach (var item in lake.ListAsync("", cancellationToken: Cancellation))
        {
            keys.Add(item.Key);
        }

        Assert.Equal(["a/b"], keys);
        Assert.Equal(3, _bucket.Get("team/etl/a/b").Size);
    }

    [Fact]
    public async Task What_is_put_by_one_call_goes_plainly_and_its_hash_goes_before_it()
    {
        await WriteAsync(Lake(), "a/small", new byte[10]);

        var put = Assert.Single(_server.Requests);
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(new byte[10])), put.Headers["x-amz-checksum-sha256"]);
        Assert.Equal(Hash(new byte[10]), put.Headers["x-amz-content-sha256"]);
    }

    [Fact]
    public async Task The_key_that_encrypts_and_the_owner_of_the_bucket_go_with_every_request()
    {
        using var s3 = _server.S3Client();
        S3Lake lake = new(s3, new LakeOptions { Uri = $"s3://{Bucket}", KmsKeyId = "alias/lake", BucketOwner = "123456789012" }, _time, s_smallParts);

        await WriteAsync(lake, "a/small", new byte[10]);
        await WriteAsync(lake, "a/large", new byte[5000]);
        await lake.MoveAsync("a/small", "b/small", Hash(new byte[10]), Cancellation);
        await lake.MoveAsync("a/large", "b/large", Hash(new byte[5000]), Cancellation);
        await ReadAsync(lake, "b/large");

        Assert.All(_server.Requests, request => Assert.Equal("123456789012", request.Headers.GetValueOrDefault("x-amz-expected-bucket-owner")));
        Assert.All(
            _server.Requests.Where(request => request.Operation is "PutObject" or "CreateMultipartUpload" or "CopyObject"),
            request => Assert.Equal(
                ("aws:kms", "alias/lake"),
                (
                    request.Headers.GetValueOrDefault("x-amz-server-side-encryption"),
                    request.Headers.GetValueOrDefault("x-amz-server-side-encryption-aws-kms-key-id"))));
    }

    [Theory]
    [InlineData("", "names")]
    [InlineData("../a", "..")]
    [InlineData("a//b", "empty names")]
    [InlineData("a/./b", "names")]
    [InlineData("a\nb", "control characters")]
    public async Task What_is_no_key_is_refused_before_anything_is_asked(string key, string reason)
    {
        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => Lake().FindAsync(key, Cancellation));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData(403, "AccessDenied", "Access Denied", "s3:PutObject")]
    [InlineData(404, "NoSuchBucket", "The specified bucket does not exist", "Lake__Uri")]
    [InlineData(301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.", "AWS_REGION")]
    [InlineData(400, "ExpiredToken", "The provided token has expired.", "credentials have expired")]
    [InlineData(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", "credentials")]
    [InlineData(400, "KMS.DisabledException", "The key is disabled", "kms:GenerateDataKey")]
    [InlineData(403, "AccessDenied", "User is not authorized to perform: kms:GenerateDataKey", "kms:Decrypt")]
    public async Task What_will_not_pass_is_told_with_AWSs_words_and_what_to_do_and_is_not_repeated(int status, string code, string message, string advice)
    {
        _server.Faults = _ => Fault.Error(status, code, message);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => WriteAsync(Lake(retries: 2), "a/b", new byte[10]));

        Assert.Contains($"write s3://{Bucket}/a/b", failure.Message, StringComparison.Ordinal);
        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
        Assert.Contains(message.TrimEnd('.'), failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(AwsServer.SecretKey, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "SlowDown")]
    [InlineData(500, "InternalError")]
    [InlineData(502, "")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(400, "RequestTimeout")]
    public async Task What_may_pass_is_told_as_such(int status, string code)
    {
        _server.Faults = _ => Fault.Error(status, code, "Please wait");

        await Assert.ThrowsAsync<TransientEtlException>(() => WriteAsync(Lake(), "a/b", new byte[10]));
        await Assert.ThrowsAsync<TransientEtlException>(() => ReadAsync(Lake(), "a/b"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_may_come_back()
    {
        var lake = Lake();
        await _server.DisposeAsync();

        await Assert.ThrowsAsync<TransientEtlException>(() => lake.FindAsync("a/b", Cancellation));

        await InitializeAsync();
    }

    private static async Task WriteAsync(S3Lake lake, string key, byte[] bytes)
    {
        await using var writer = await lake.CreateAsync(key, Cancellation);
        await writer.Stream.WriteAsync(bytes, Cancellation);
        await writer.CommitAsync(Cancellation);
    }

    private static async Task<byte[]> ReadAsync(S3Lake lake, string key)
    {
        await using var stream = await lake.OpenReadAsync(key, Cancellation);
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private S3Lake Lake(S3Limits? limits = null, string uri = $"s3://{Bucket}", int retries = 0) =>
        new(_server.S3Client(retries), new LakeOptions { Uri = uri }, _time, limits ?? s_smallParts);
}
