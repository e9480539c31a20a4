using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>A call as the server saw it: the service, the operation, and for S3 what it was about.</summary>
internal sealed record AwsRequest(string Service, string Operation, string Bucket, string Key, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>What a listing asks for, or null.</summary>
    public string? Prefix { get; private init; }

    public static AwsRequest Of(HttpRequest request)
    {
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = headers.GetValueOrDefault("X-Amz-Target");
        if (target is not null)
        {
            var parts = target.Split('.');
            return new AwsRequest(parts[0] == "AWSGlue" ? "glue" : "athena", parts[1], "", "", headers);
        }

        var path = (request.Path.Value ?? "/").TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
        return new AwsRequest("s3", OperationOf(request, key), bucket, key, headers) { Prefix = request.Query["prefix"] };
    }

    private static string OperationOf(HttpRequest request, string key)
    {
        var query = request.Query;
        var copy = request.Headers.ContainsKey("x-amz-copy-source");
        return (request.Method, key.Length > 0) switch
        {
            ("GET", false) when query.ContainsKey("uploads") => "ListMultipartUploads",
            ("GET", false) => "ListObjectsV2",
            ("PUT", false) => "CreateBucket",
            ("POST", true) when query.ContainsKey("uploads") => "CreateMultipartUpload",
            ("POST", true) => "CompleteMultipartUpload",
            ("PUT", true) when query.ContainsKey("uploadId") => copy ? "UploadPartCopy" : "UploadPart",
            ("PUT", true) => copy ? "CopyObject" : "PutObject",
            ("DELETE", true) when query.ContainsKey("uploadId") => "AbortMultipartUpload",
            ("DELETE", true) => "DeleteObject",
            ("HEAD", true) => "HeadObject",
            ("GET", true) => "GetObject",
            var (method, _) => method,
        };
    }
}
