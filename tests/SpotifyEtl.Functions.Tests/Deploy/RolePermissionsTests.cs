using SpotifyEtl.Lake;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Deploy;

public sealed class RolePermissionsTests
{
    private static readonly RolePolicy s_policy = RolePolicy.Of(AwsTemplate.ForAzure());

    [Fact]
    public void The_permissions_of_every_call_of_AWS_in_the_code_are_known() =>
        Assert.Equal(AwsCalls.Permissions.Keys.Order(StringComparer.Ordinal), AwsCalls.In(typeof(RunEtl).Assembly));

    [Fact]
    public void The_role_allows_every_action_that_the_code_calls_and_no_other()
    {
        var needed = AwsCalls.In(typeof(RunEtl).Assembly)
            .SelectMany(call => AwsCalls.Permissions[call])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var withKey = RolePolicy.Of(AwsTemplate.ForAzure(("KmsKeyArn", AwsTemplate.Key)));

        Assert.Equal(needed.Where(action => !action.StartsWith("kms:", StringComparison.Ordinal)), s_policy.Actions.Order(StringComparer.Ordinal));
        Assert.Equal(needed, withKey.Actions.Order(StringComparer.Ordinal));
        Assert.True(withKey.Allows("kms:Decrypt", AwsTemplate.Key));
        Assert.DoesNotContain("*", withKey.Resources);
    }

    [Theory]
    [InlineData("s3:PutObject", LakeKeys.ToProcess, true)]
    [InlineData("s3:DeleteObject", LakeKeys.ToProcess, true)]
    [InlineData("s3:DeleteObject", LakeKeys.Processed, true)]
    [InlineData("s3:PutObject", LakeKeys.Rejected, true)]
    [InlineData("s3:DeleteObject", LakeKeys.Rejected, false)]
    [InlineData("s3:DeleteObject", LakeKeys.Transformed, true)]
    [InlineData("s3:PutObject", LakeKeys.Analytics, true)]
    [InlineData("s3:DeleteObject", LakeKeys.Analytics, true)]
    [InlineData("s3:PutObject", LakeKeys.Months, true)]
    [InlineData("s3:DeleteObject", LakeKeys.Months, true)]
    [InlineData("s3:PutObject", LakeKeys.Runs, true)]
    [InlineData("s3:DeleteObject", LakeKeys.Runs, false)]
    [InlineData("s3:DeleteObject", LakeKeys.Files, false)]
    [InlineData("s3:DeleteObject", LakeKeys.Playlists, true)]
    [InlineData("s3:PutObject", "athena_results/", true)]
    [InlineData("s3:DeleteObject", "athena_results/", false)]
    [InlineData("s3:GetObject", "elsewhere/", false)]
    [InlineData("s3:PutObjectTagging", LakeKeys.Transformed, false)]
    public void Objects_are_only_changed_where_the_code_changes_them(string action, string prefix, bool allowed) =>
        Assert.Equal(allowed, s_policy.Allows(action, $"arn:aws:s3:::spotify-etl-project-demo/{prefix}x.json"));

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::another-bucket/raw_data/x.json")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::another-bucket")]
    [InlineData("glue:StartCrawler", "arn:aws:glue:eu-west-3:123456789012:crawler/another")]
    [InlineData("glue:GetTable", "arn:aws:glue:eu-west-3:123456789012:table/another/song_data")]
    [InlineData("glue:BatchCreatePartition", "arn:aws:glue:eu-west-3:123456789012:database/another")]
    [InlineData("glue:BatchCreatePartition", "arn:aws:glue:eu-west-3:123456789012:table/spotify_database/song_data")]
    [InlineData("glue:BatchCreatePartition", "arn:aws:glue:eu-west-3:123456789012:table/spotify_database/songs_latest")]
    [InlineData("athena:StartQueryExecution", "arn:aws:athena:eu-west-3:123456789012:workgroup/primary")]
    public void Nothing_else_in_the_account_is_touched(string action, string resource) => Assert.False(s_policy.Allows(action, resource));

    [Fact]
    public void Every_typed_table_may_get_a_month() => Assert.All(
        ["catalog", "database/spotify_database", .. Table.All.Select(table => $"table/spotify_database/{table.TypedName}")],
        resource => Assert.True(s_policy.Allows("glue:BatchCreatePartition", $"arn:aws:glue:eu-west-3:123456789012:{resource}"), resource));

    [Fact]
    public void Only_the_lakes_own_prefixes_are_listed()
    {
        const string Bucket = "arn:aws:s3:::spotify-etl-project-demo";

        Assert.True(s_policy.Allows("s3:ListBucket", Bucket, Table.Song.Prefix));
        Assert.True(s_policy.Allows("s3:ListBucket", Bucket, Table.Song.TypedPrefixFor("2026-11")));
        Assert.False(s_policy.Allows("s3:ListBucket", Bucket, "elsewhere/"));
    }
}
