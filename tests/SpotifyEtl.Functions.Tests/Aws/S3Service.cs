using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>S3's buckets, addressed by path: objects, listings by page, uploads in parts, copies, conditions and SHA-256 checksums.</summary>
internal sealed class S3Service(string folder)
{
    private readonly ConcurrentDictionary<string, S3FakeBucket> _buckets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, S3Upload> _uploads = new(StringComparer.Ordinal);

    /// <summary>The uploads in parts that were not ended.</summary>
    public IReadOnlyCollection<S3Upload> Uploads => [.. _uploads.Values];

    public S3FakeBucket CreateBucket(string name) => _buckets.GetOrAdd(name, static _ => new S3FakeBucket());

    public S3Upload BeginUpload(string bucket, string key, DateTimeOffset begun) =>
        _uploads.GetOrAdd(Guid.NewGuid().ToString("N"), id => new S3Upload(id, bucket, key, begun));

    public async Task AnswerAsync(HttpContext context, AwsRequest request)
    {
        try
        {
            await DispatchAsync(context, request);
        }
        catch (S3Refusal refusal)
        {
            await S3Answer.ErrorAsync(context, refusal.Status, refusal.Code, refusal.Message);
        }
    }

    private async Task DispatchAsync(HttpContext context, AwsRequest request)
    {
        if (request.Operation == "CreateBucket")
        {
            CreateBucket(request.Bucket);
            return;
        }

        if (!_buckets.TryGetValue(request.Bucket, out var bucket))
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            throw new S3Refusal(404, "NoSuchBucket", "The specified bucket does not exist");
        }

        switch (request.Operation)
        {
            case "ListObjectsV2":
                await ListAsync(context, bucket);
                break;
            case "ListMultipartUploads":
                await ListUploadsAsync(context, request.Bucket);
                break;
            case "PutObject":
                var put = await SaveAsync(context);
                bucket.Put(request.Key, put, request.Headers.GetValueOrDefault("If-Match"), request.Headers.ContainsKey("If-None-Match"));
                WriteHead(context.Response, put, withLength: false);
                break;
            case "HeadObject":
                WriteHead(context.Response, bucket.Get(request.Key), withLength: true);
                break;
            case "GetObject":
                await GetAsync(context, bucket.Get(request.Key));
                break;
            case "DeleteObject":
                bucket.Delete(request.Key, request.Headers.GetValueOrDefault("If-Match"));
                context.Response.StatusCode = 204;
                break;
            case "CopyObject":
                await CopyAsync(context, request, bucket);
                break;
            default:
                await UploadAsync(context, request, bucket);
                break;
        }
    }

    private static async Task ListAsync(HttpContext context, S3FakeBucket bucket)
    {
        var query = context.Request.Query;
        var prefix = query["prefix"].ToString();
        var after = query["continuation-token"] is { Count: > 0 } token ? Uri.UnescapeDataString(token.ToString()) : query["start-after"].ToString();
        var most = query["max-keys"] is { Count: > 0 } keys ? int.Parse(keys.ToString(), CultureInfo.InvariantCulture) : 1000;
        var found = bucket.List(prefix, after, most + 1);
        var page = found.Take(most).ToArray();

        // As S3 has it: XML has no way to say what keys may hold.
        var isEncoded = query["encoding-type"] == "url";
        var body = S3Answer.Element(
            "ListBucketResult",
            S3Answer.Element("Prefix", prefix),
            S3Answer.Element("KeyCount", page.Length),
            S3Answer.Element("MaxKeys", most),
            S3Answer.Element("IsTruncated", found.Count > most ? "true" : "false"),
            found.Count > most ? S3Answer.Element("NextContinuationToken", Uri.EscapeDataString(page[^1].Key)) : null,
            isEncoded ? S3Answer.Element("EncodingType", "url") : null,
            page.Select(item => S3Answer.Element(
                "Contents",
                S3Answer.Element("Key", isEncoded ? System.Net.WebUtility.UrlEncode(item.Key).Replace("%2F", "/", StringComparison.Ordinal) : item.Key),
                S3Answer.Element("LastModified", "2026-11-22T06:00:00.000Z"),
                S3Answer.Element("ETag", item.Value.ETag),
                S3Answer.Element("Size", item.Value.Size),
                S3Answer.Element("StorageClass", "STANDARD"))));
        await S3Answer.WriteAsync(context, body);
    }

    private static void WriteHead(HttpResponse response, S3FakeObject found, bool withLength)
    {
        response.Headers.ETag = found.ETag;
        if (found.ContentType is not null)
        {
            response.ContentType = found.ContentType;
        }

        if (withLength)
        {
            response.ContentLength = found.Size;
            response.Headers.LastModified = "Sun, 22 Nov 2026 06:00:00 GMT";
        }

        if (found.Checksum.Length == 0)
        {
            return;
        }

        response.Headers["x-amz-checksum-sha256"] = found.Checksum;
        response.Headers["x-amz-checksum-type"] = found.IsComposite ? "COMPOSITE" : "FULL_OBJECT";
    }

    private static async Task GetAsync(HttpContext context, S3FakeObject found)
    {
        if (context.Request.Headers.IfMatch is { Count: > 0 } match && match != found.ETag)
        {
            throw new S3Refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }

        WriteHead(context.Response, found, withLength: true);
        var start = 0L;
        if (context.Request.Headers.Range is { Count: > 0 } range)
        {
            start = long.Parse(range.ToString()["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture);
            context.Response.StatusCode = 206;
            context.Response.ContentLength = found.Size - start;
            context.Response.Headers.ContentRange = $"bytes {start}-{found.Size - 1}/{found.Size}";
            context.Response.Headers.Remove("x-amz-checksum-sha256");
        }

        await using var file = found.Open();
        file.Seek(start, SeekOrigin.Begin);
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static S3FakeObject SourceOf(AwsRequest request, S3FakeBucket bucket)
    {
        var source = Uri.UnescapeDataString(request.Headers["x-amz-copy-source"]).TrimStart('/');
        var found = bucket.Get(source[(source.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return request.Headers.GetValueOrDefault("x-amz-copy-source-if-match") is not { } match || match.Trim('"') == found.ETag.Trim('"')
            ? found
            : throw new S3Refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    private static async Task CopyAsync(HttpContext context, AwsRequest request, S3FakeBucket bucket)
    {
        var copy = SourceOf(request, bucket).AsWhole();
        bucket.Put(request.Key, copy);
        await S3Answer.WriteAsync(context, S3Answer.Element(
            "CopyObjectResult",
            S3Answer.Element("ETag", copy.ETag),
            S3Answer.Element("LastModified", "2026-11-22T06:00:00.000Z"),
            S3Answer.Element("ChecksumType", "FULL_OBJECT"),
            S3Answer.Element("ChecksumSHA256", copy.Checksum)));
    }

    private async Task<S3FakeObject> SaveAsync(HttpContext context)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var (body, sha256, md5) = await ChunkedBody.SaveAsync(context, path);
        return new S3FakeObject([body], $"\"{Convert.ToHexStringLower(md5)}\"", Convert.ToBase64String(sha256), false, context.Request.ContentType);
    }

    private async Task UploadAsync(HttpContext context, AwsRequest request, S3FakeBucket bucket)
    {
        if (request.Operation == "CreateMultipartUpload")
        {
            var begun = BeginUpload(request.Bucket, request.Key, TimeProvider.System.GetUtcNow());
            begun.ContentType = context.Request.ContentType;
            await S3Answer.WriteAsync(context, S3Answer.Element("InitiateMultipartUploadResult", S3Answer.Element("UploadId", begun.Id)));
            return;
        }

        if (!_uploads.TryGetValue(context.Request.Query["uploadId"].ToString(), out var upload))
        {
            throw new S3Refusal(404, "NoSuchUpload", "The specified multipart upload does not exist.");
        }

        switch (request.Operation)
        {
            case "UploadPart":
                var part = await SaveAsync(context);
                upload.Parts[PartNumber(context)] = part;
                WriteHead(context.Response, part, withLength: false);
                break;
            case "UploadPartCopy":
                var range = request.Headers["x-amz-copy-source-range"]["bytes=".Length..].Split('-')
                    .Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
                var copied = await SourceOf(request, bucket).CutAsync(Path.Combine(folder, Guid.NewGuid().ToString("N")), range[0], range[1]);
                upload.Parts[PartNumber(context)] = copied;
                await S3Answer.WriteAsync(
                    context, S3Answer.Element("CopyPartResult", S3Answer.Element("ETag", copied.ETag), S3Answer.Element("ChecksumSHA256", copied.Checksum)));
                break;
            case "CompleteMultipartUpload":
                await CompleteAsync(context, request, bucket, upload);
                break;
            default:
                _uploads.TryRemove(upload.Id, out _);
                context.Response.StatusCode = 204;
                break;
        }
    }

    private static int PartNumber(HttpContext context) => int.Parse(context.Request.Query["partNumber"].ToString(), CultureInfo.InvariantCulture);

    private async Task CompleteAsync(HttpContext context, AwsRequest request, S3FakeBucket bucket, S3Upload upload)
    {
        var wanted = await XDocument.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        var parts = wanted.Root!.Elements().Where(element => element.Name.LocalName == "Part").Select(element => upload.PartOf(element)).ToArray();
        var whole = S3FakeObject.Join(parts, upload.ContentType);
        bucket.Put(request.Key, whole);
        _uploads.TryRemove(upload.Id, out _);
        await S3Answer.WriteAsync(
            context, S3Answer.Element("CompleteMultipartUploadResult", S3Answer.Element("Key", request.Key), S3Answer.Element("ETag", whole.ETag)));
    }

    private async Task ListUploadsAsync(HttpContext context, string bucket)
    {
        var prefix = context.Request.Query["prefix"].ToString();
        await S3Answer.WriteAsync(context, S3Answer.Element(
            "ListMultipartUploadsResult",
            S3Answer.Element("IsTruncated", "false"),
            _uploads.Values.Where(upload => upload.Bucket == bucket && upload.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(upload => S3Answer.Element(
                "Upload",
                S3Answer.Element("Key", upload.Key),
                S3Answer.Element("UploadId", upload.Id),
                S3Answer.Element("Initiated", upload.Begun.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))))));
    }
}
