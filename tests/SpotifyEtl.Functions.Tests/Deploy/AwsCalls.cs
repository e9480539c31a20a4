using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>The calls of AWS in an assembly's code, such as <c>S3.PutObject</c>, and the permissions that each needs.</summary>
internal static class AwsCalls
{
    // What Athena does as the caller: it reads the catalog and the tables' objects, and writes the results.
    private static readonly string[] s_query =
    [
        "glue:BatchGetPartition", "glue:GetDatabase", "glue:GetDatabases", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables",
        "s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts",
        "s3:PutObject",
    ];

    /// <summary>By call; a new one is to be entered here and then allowed in the template.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Permissions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["S3.ListObjectsV2"] = ["s3:ListBucket"],
        // Who may not list is told that a missing object is forbidden.
        ["S3.GetObject"] = ["s3:GetObject", "s3:ListBucket", "kms:Decrypt"],
        ["S3.GetObjectMetadata"] = ["s3:GetObject", "s3:ListBucket"],
        // With a condition on the ETag, a write or a delete is a read, too.
        ["S3.PutObject"] = ["s3:PutObject", "s3:GetObject", "kms:GenerateDataKey"],
        ["S3.DeleteObject"] = ["s3:DeleteObject", "s3:GetObject"],
        ["S3.InitiateMultipartUpload"] = ["s3:PutObject", "kms:GenerateDataKey"],
        ["S3.UploadPart"] = ["s3:PutObject", "kms:Decrypt", "kms:GenerateDataKey"],
        ["S3.CompleteMultipartUpload"] = ["s3:PutObject", "kms:Decrypt"],
        ["S3.AbortMultipartUpload"] = ["s3:AbortMultipartUpload"],
        ["S3.ListMultipartUploads"] = ["s3:ListBucketMultipartUploads"],
        // A copy takes the tags along, if there are any.
        ["S3.CopyObject"] = ["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging", "kms:Decrypt", "kms:GenerateDataKey"],
        ["S3.CopyPart"] = ["s3:GetObject", "s3:PutObject", "kms:Decrypt", "kms:GenerateDataKey"],
        ["Glue.StartCrawler"] = ["glue:StartCrawler"],
        ["Glue.GetCrawler"] = ["glue:GetCrawler"],
        ["Glue.BatchCreatePartition"] = ["glue:BatchCreatePartition"],
        ["Athena.StartQueryExecution"] = ["athena:StartQueryExecution", .. s_query],
        ["Athena.GetQueryExecution"] = ["athena:GetQueryExecution"],
        ["Athena.GetQueryResults"] = ["athena:GetQueryResults", "s3:GetObject"],
        ["Athena.GetWorkGroup"] = ["athena:GetWorkGroup"],
        ["Athena.StopQueryExecution"] = ["athena:StopQueryExecution"],
        // The role's trust policy allows this one.
        ["SecurityToken.AssumeRoleWithWebIdentity"] = [],
    };

    /// <summary>The calls that the code of an assembly makes.</summary>
    public static IReadOnlyList<string> In(Assembly assembly)
    {
        using var file = File.OpenRead(assembly.Location);
        using PEReader image = new(file);
        var metadata = image.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences
                .Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => (Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent), Name: metadata.GetString(member.Name)))
                .Select(member => (Space: metadata.GetString(member.Type.Namespace), Type: metadata.GetString(member.Type.Name), member.Name))
                .Where(member => IsOfClient(member.Space, member.Type) && !IsOfDerivedClient(member.Name))
                .Select(
                    member =>
                        $"{member.Space["Amazon.".Length..]}.{(member.Name.EndsWith("Async", StringComparison.Ordinal) ? member.Name[..^5] : member.Name)}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsOfDerivedClient(string member) => member is ".ctor" or "CustomizeRuntimePipeline";

    // Transfer utilities and the like make calls of their own: their members are in no list of permissions.
    private static bool IsOfClient(string space, string type) => space is "Amazon.S3" or "Amazon.Glue" or "Amazon.Athena" or "Amazon.SecurityToken"
        ? type.StartsWith("IAmazon", StringComparison.Ordinal) || type.EndsWith("Client", StringComparison.Ordinal)
        : space is "Amazon.S3.Transfer" or "Amazon.S3.Util" or "Amazon.S3.IO";
}
