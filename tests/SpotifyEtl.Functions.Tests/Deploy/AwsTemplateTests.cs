using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using SpotifyEtl.Aws;
using SpotifyEtl.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;
using SpotifyEtl.Settings;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Deploy;

public sealed class AwsTemplateTests
{
    private static readonly AwsTemplate s_template = AwsTemplate.ForAzure();

    [Fact]
    public void It_makes_every_thing_that_the_default_settings_name()
    {
        CatalogOptions catalog = new();
        var bucket = Assert.Single(s_template.Of("AWS::S3::Bucket"));
        var database = Assert.Single(s_template.Of("AWS::Glue::Database"));
        var workGroup = Assert.Single(s_template.Of("AWS::Athena::WorkGroup"));

        Assert.Equal(new LakeOptions().Uri, $"s3://{bucket["BucketName"]}");
        Assert.Equal(catalog.Database, (string?)database["DatabaseInput"]!["Name"]);
        Assert.Equal(catalog.CrawlerNames, s_template.Of("AWS::Glue::Crawler").Select(crawler => (string)crawler["Name"]!));
        Assert.Equal(
            [.. Table.All.Select(table => table.CatalogName), .. Table.All.Select(table => table.TypedName), .. LatestView.All.Select(view => view.Name)],
            s_template.Of("AWS::Glue::Table").Select(table => (string)table["TableInput"]!["Name"]!));
        // Every account has the work group "primary" from AWS, without a limit.
        Assert.Contains(new AthenaOptions().WorkGroup, new[] { "primary", (string)workGroup["Name"]! });
        Assert.Equal("10000000000", (string?)workGroup["WorkGroupConfiguration"]!["BytesScannedCutoffPerQuery"]);
        Assert.True((bool)workGroup["WorkGroupConfiguration"]!["EnforceWorkGroupConfiguration"]!);
        Assert.Equal("s3://spotify-etl-project-demo/athena_results/", (string?)workGroup["WorkGroupConfiguration"]!["ResultConfiguration"]!["OutputLocation"]);
    }

    [Fact]
    public void The_bucket_is_encrypted_versioned_closed_to_the_public_and_kept_tidy()
    {
        var bucket = Assert.Single(s_template.Of("AWS::S3::Bucket"));
        var policy = Assert.Single(Assert.Single(s_template.Of("AWS::S3::BucketPolicy"))["PolicyDocument"]!["Statement"]!.AsArray())!;
        var rules = bucket["LifecycleConfiguration"]!["Rules"]!.AsArray();

        Assert.Equal("AES256", SseOf(s_template));
        Assert.Equal("aws:kms", SseOf(AwsTemplate.ForAzure(("KmsKeyArn", AwsTemplate.Key))));
        Assert.Equal("Enabled", (string?)bucket["VersioningConfiguration"]!["Status"]);
        Assert.Equal(4, bucket["PublicAccessBlockConfiguration"]!.AsObject().Count(one => (bool)one.Value!));
        Assert.Equal("Deny s3:* false", $"{policy["Effect"]} {policy["Action"]} {policy["Condition"]!["Bool"]!["aws:SecureTransport"]}");
        Assert.All(rules, rule => Assert.Equal("Enabled", (string?)rule!["Status"]));
        Assert.Contains(rules, rule => rule!["AbortIncompleteMultipartUpload"] is not null && rule["Prefix"] is null);
        Assert.Contains(rules, rule => (string?)rule!["Prefix"] == "athena_results/" && (string?)rule["ExpirationInDays"] == "7");
        Assert.Contains(rules, rule => rule!["NoncurrentVersionExpiration"] is not null && rule["Prefix"] is null);
        // Nothing of the lake itself is ever deleted by age.
        Assert.DoesNotContain(rules, rule => rule!["ExpirationInDays"] is not null && (string?)rule["Prefix"] != "athena_results/");
        Assert.Equal("Retain", (string?)s_template.Resources["Bucket"]["DeletionPolicy"]);
    }

    private static string? SseOf(AwsTemplate template) => (string?)Assert.Single(template.Of("AWS::S3::Bucket"))["BucketEncryption"]!
        ["ServerSideEncryptionConfiguration"]![0]!["ServerSideEncryptionByDefault"]!["SSEAlgorithm"];

    [Fact]
    public void Every_table_has_its_columns_as_text_and_its_folder()
    {
        foreach (var (index, table) in Table.All.Index())
        {
            var input = s_template.Of("AWS::Glue::Table")[index]["TableInput"]!;
            var storage = input["StorageDescriptor"]!;

            Assert.Equal(table.Columns, storage["Columns"]!.AsArray().Select(column => (string)column!["Name"]!));
            Assert.All(storage["Columns"]!.AsArray(), column => Assert.Equal("string", (string?)column!["Type"]));
            Assert.Equal($"s3://spotify-etl-project-demo/{table.Prefix}", (string?)storage["Location"]);
            Assert.Equal("1", (string?)input["Parameters"]!["skip.header.line.count"]);
        }
    }

    [Fact]
    public void Every_table_that_is_crawled_has_its_classifier_and_its_crawler()
    {
        foreach (var (index, table) in Table.Crawled.Index())
        {
            var classifier = s_template.Of("AWS::Glue::Classifier")[index]["CsvClassifier"]!;
            var crawler = s_template.Of("AWS::Glue::Crawler")[index];
            var target = Assert.Single(crawler["Targets"]!["CatalogTargets"]!.AsArray())!;

            Assert.Equal(table.Columns, classifier["Header"]!.AsArray().Select(column => (string)column!));
            Assert.Equal("PRESENT", (string?)classifier["ContainsHeader"]);
            Assert.Equal((string?)classifier["Name"], (string?)Assert.Single(crawler["Classifiers"]!.AsArray()));
            Assert.Equal(table.CatalogName, (string?)Assert.Single(target["Tables"]!.AsArray()));
            Assert.Equal(CatalogOptions.CrawlerOf(table), (string?)crawler["Name"]);
        }
    }

    [Fact]
    public void No_crawl_changes_a_table() => Assert.All(s_template.Of("AWS::Glue::Crawler"), crawler =>
    {
        Assert.Equal("LOG", (string?)crawler["SchemaChangePolicy"]!["UpdateBehavior"]);
        Assert.Equal("LOG", (string?)crawler["SchemaChangePolicy"]!["DeleteBehavior"]);
        Assert.Equal(["CatalogTargets"], crawler["Targets"]!.AsObject().Select(target => target.Key));
        Assert.Equal("CombineCompatibleSchemas", (string?)JsonNode.Parse((string)crawler["Configuration"]!)!["Grouping"]!["TableGroupingPolicy"]);
    });

    [Fact]
    public void The_role_trusts_one_identity_of_one_tenant_for_one_audience()
    {
        var role = s_template.Resources["PipelineRole"]["Properties"]!;
        var provider = Assert.Single(s_template.Of("AWS::IAM::OIDCProvider"));
        var statement = Assert.Single(JsonNode.Parse((string)role["AssumeRolePolicyDocument"]!)!["Statement"]!.AsArray())!;

        Assert.Equal($"https://sts.windows.net/{AwsTemplate.Tenant}/", (string?)provider["Url"]);
        Assert.Equal("api://spotify-etl", (string?)Assert.Single(provider["ClientIdList"]!.AsArray()));
        Assert.Equal("sts:AssumeRoleWithWebIdentity", (string?)statement["Action"]);
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [$"sts.windows.net/{AwsTemplate.Tenant}/:aud"] = "api://spotify-etl",
                [$"sts.windows.net/{AwsTemplate.Tenant}/:sub"] = AwsTemplate.Identity,
            },
            statement["Condition"]!["StringEquals"]!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal));
    }

    [Fact]
    public void A_provider_that_the_account_has_is_used_and_without_an_identity_there_is_no_role()
    {
        const string Arn = "arn:aws:iam::123456789012:oidc-provider/sts.windows.net/x/";
        var existing = AwsTemplate.ForAzure(("IdentityProviderArn", Arn));
        var local = AwsTemplate.With();

        Assert.Empty(existing.Of("AWS::IAM::OIDCProvider"));
        Assert.Contains(Arn, (string?)existing.Resources["PipelineRole"]["Properties"]!["AssumeRolePolicyDocument"], StringComparison.Ordinal);
        Assert.DoesNotContain("PipelineRole", local.Resources.Keys);
        Assert.DoesNotContain("IdentityProvider", local.Resources.Keys);
        Assert.Contains("PipelinePolicyArn", local.Outputs.Keys);
    }

    [Fact]
    public void The_outputs_are_settings_that_the_app_reads_and_takes()
    {
        var settings = AwsTemplate.ForAzure(("KmsKeyArn", AwsTemplate.Key)).Outputs.Values
            .Where(output => !((string)output["Description"]!).Contains(' ', StringComparison.Ordinal))
            .ToDictionary(
                output => ((string)output["Description"]!)
                    .Replace("__", ":", StringComparison.Ordinal), output => (string?)output["Value"], StringComparer.Ordinal);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        Assert.Equal(AwsTemplate.Region, configuration["AWS_REGION"]);
        Assert.True(new S3LakeOptionsValidator().Validate(null, new LakeOptions { Uri = configuration["Lake:Uri"]! }).Succeeded);
        Check<LakeOptions>();
        Check<CatalogOptions>();
        Check<AthenaOptions>();
        Check<AwsOptions>();
        Assert.Empty(settings.Keys.Select(name => name.Split(':')[0]).Except(["AWS_REGION", "Lake", "Catalog", "Athena", "Aws"], StringComparer.Ordinal));

        void Check<T>()
            where T : class, ISettings, new()
        {
            T options = new();
            configuration.GetSection(T.SectionName).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            Assert.Empty(options.Faults());
        }
    }
}
