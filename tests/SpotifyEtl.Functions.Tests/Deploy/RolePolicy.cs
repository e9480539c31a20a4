using System.IO.Enumeration;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Aws;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>What the template lets the function app do, judged as IAM judges it.</summary>
internal sealed class RolePolicy
{
    private readonly List<Statement> _statements;

    private RolePolicy(IEnumerable<JsonObject> documents) => _statements =
    [
        .. documents.SelectMany(document => document["Statement"]!.AsArray()).Select(statement => new Statement(
            Texts(statement!["Action"]),
            Texts(statement["Resource"]),
            statement["Condition"]?["StringLikeIfExists"]?["s3:prefix"] is { } prefixes ? Texts(prefixes) : null)),
    ];

    public IReadOnlySet<string> Actions => _statements.SelectMany(statement => statement.Actions).ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> Resources => _statements.SelectMany(statement => statement.Resources).ToHashSet(StringComparer.Ordinal);

    /// <summary>The policies of the role.</summary>
    public static RolePolicy Of(AwsTemplate template) => new(
        template.Resources["PipelineRole"]["Properties"]!["ManagedPolicyArns"]!.AsArray()
            .Select(policy => template.Resources[(string)policy!]["Properties"]!["PolicyDocument"]!.AsObject()));

    /// <param name="prefix">What a listing asks for; null where nothing is listed.</param>
    public bool Allows(string action, string resource, string? prefix = null) => _statements.Exists(statement =>
        statement.Actions.Contains(action, StringComparer.Ordinal)
        && statement.Resources.Any(pattern => IsLike(pattern, resource))
        && (prefix is null || statement.Prefixes is null || statement.Prefixes.Any(pattern => IsLike(pattern, prefix))));

    /// <summary>What a call needs that is not allowed, or null.</summary>
    public string? Refusal(AwsRequest request) => Needs(request)
        .Where(need => !Allows(need.Action, need.Resource, need.Prefix))
        .Select(need => $"{need.Action} on {need.Resource}")
        .FirstOrDefault();

    private static bool IsLike(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static string[] Texts(JsonNode? node) => node is JsonArray many ? [.. many.Select(one => (string)one!)] : [(string)node!];

    private static IEnumerable<(string Action, string Resource, string? Prefix)> Needs(AwsRequest request)
    {
        var bucket = $"arn:aws:s3:::{request.Bucket}";
        var item = $"{bucket}/{request.Key}";
        var conditional = request.Headers.ContainsKey("If-Match");
        switch (request.Operation)
        {
            case "ListObjectsV2":
                yield return ("s3:ListBucket", bucket, request.Prefix);
                break;
            case "ListMultipartUploads":
                yield return ("s3:ListBucketMultipartUploads", bucket, null);
                break;
            case "GetObject" or "HeadObject":
                yield return ("s3:GetObject", item, null);
                // Without it a missing object is answered 403, not 404.
                yield return ("s3:ListBucket", bucket, null);
                break;
            case "AbortMultipartUpload":
                yield return ("s3:AbortMultipartUpload", item, null);
                break;
            case "DeleteObject":
                yield return ("s3:DeleteObject", item, null);
                break;
            case "CopyObject" or "UploadPartCopy":
                var source = "arn:aws:s3:::" + Uri.UnescapeDataString(request.Headers["x-amz-copy-source"]).TrimStart('/');
                yield return ("s3:GetObject", source, null);
                yield return ("s3:GetObjectTagging", source, null);
                yield return ("s3:PutObject", item, null);
                yield return ("s3:PutObjectTagging", item, null);
                break;
            case "BatchCreatePartition":
                foreach (var resource in (string[])["catalog", "database/spotify_database", "table/spotify_database/songs"])
                {
                    yield return ("glue:BatchCreatePartition", $"arn:aws:glue:{AwsTemplate.Region}:{AwsTemplate.Account}:{resource}", null);
                }

                break;
            case var operation when request.Service == "glue":
                yield return ($"glue:{operation}", $"arn:aws:glue:{AwsTemplate.Region}:{AwsTemplate.Account}:crawler/spotify_song_crawler", null);
                break;
            case var operation when request.Service == "athena":
                yield return ($"athena:{operation}", $"arn:aws:athena:{AwsTemplate.Region}:{AwsTemplate.Account}:workgroup/spotify_etl", null);
                break;
            default:
                yield return ("s3:PutObject", item, null);
                break;
        }

        if (conditional)
        {
            yield return ("s3:GetObject", item, null);
        }
    }

    private sealed record Statement(string[] Actions, string[] Resources, string[]? Prefixes);
}
