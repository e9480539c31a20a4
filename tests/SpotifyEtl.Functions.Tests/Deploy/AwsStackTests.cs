using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.S3;
using Amazon.S3.Model;
using SpotifyEtl.Functions.Tests.Aws;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>
/// The template as others read it: CloudFormation's linter, and moto, which makes the bucket, the roles and the policies and passes over the rest.
/// </summary>
public sealed class AwsStackTests(MotoServer moto)
{
    private const int LongestTemplate = 51_200;
    private const int LongestPolicy = 6144;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_short_enough_to_be_deployed_without_a_bucket_to_put_it_in() =>
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(AwsTemplate.Text), 1, LongestTemplate);

    [Fact]
    public async Task It_passes_cfn_lint()
    {
        using var lint = StartLint();
        var output = await lint.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = await lint.StandardError.ReadToEndAsync(Cancellation);
        await lint.WaitForExitAsync(Cancellation);

        Assert.Equal((0, ""), (lint.ExitCode, output + errors));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(AwsTemplate.Key)]
    public async Task Its_bucket_and_roles_are_made(string? key)
    {
        await moto.RequireAsync();
        var name = $"etl-{Guid.NewGuid():N}";
        var tenant = Guid.NewGuid().ToString();

        await moto.QueryAsync("cloudformation", "CreateStack", [
            ("StackName", name),
            ("TemplateBody", AwsTemplate.Text),
            ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"),
            .. Parameters(("BucketName", name), ("TenantId", tenant), ("IdentityObjectId", AwsTemplate.Identity), ("KmsKeyArn", key ?? "")),
        ]);

        using var s3 = moto.S3Client();
        var encryption = await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = name }, Cancellation);
        var byDefault = encryption.ServerSideEncryptionConfiguration.ServerSideEncryptionRules[0].ServerSideEncryptionByDefault;
        Assert.Equal(key is null ? ServerSideEncryptionMethod.AES256 : ServerSideEncryptionMethod.AWSKMS, byDefault.ServerSideEncryptionAlgorithm);
        var role = await moto.QueryAsync("iam", "GetRole", [("RoleName", $"{name}-pipeline")]);
        var trust = JsonNode.Parse(Uri.UnescapeDataString(Value(role, "AssumeRolePolicyDocument")))!["Statement"]![0]!;
        Assert.Equal(AwsTemplate.Identity, (string?)trust["Condition"]!["StringEquals"]![$"sts.windows.net/{tenant}/:sub"]);
        await CheckPoliciesAsync(name, key is null ? 1 : 2);
    }

    private static Process StartLint()
    {
        try
        {
            ProcessStartInfo lint = new("cfn-lint", [AwsTemplate.Path])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            return Process.Start(lint)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "cfn-lint is not on PATH: CI needs it (pip install cfn-lint).");
            Assert.Skip("cfn-lint is not on PATH (pip install cfn-lint).");
            throw;
        }
    }

    private static IEnumerable<(string Name, string Value)> Parameters(params (string Name, string Value)[] parameters) => parameters.Index().SelectMany(
        parameter => new[]
        {
            ($"Parameters.member.{parameter.Index + 1}.ParameterKey", parameter.Item.Name),
            ($"Parameters.member.{parameter.Index + 1}.ParameterValue", parameter.Item.Value),
        });

    private static string Value(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;

    private async Task CheckPoliciesAsync(string stack, int expected)
    {
        var all = await moto.QueryAsync("iam", "ListPolicies", [("Scope", "Local"), ("MaxItems", "1000")]);
        var arns = all.Descendants()
            .Where(element => element.Name.LocalName == "Arn" && element.Value.Contains($"policy/{stack}-", StringComparison.Ordinal))
            .Select(element => element.Value)
            .ToList();
        Assert.Equal(expected, arns.Count);
        foreach (var arn in arns)
        {
            var version = await moto.QueryAsync("iam", "GetPolicyVersion", [("PolicyArn", arn), ("VersionId", "v1")]);
            Assert.InRange(JsonNode.Parse(Uri.UnescapeDataString(Value(version, "Document")))!.ToJsonString().Length, 1, LongestPolicy);
        }
    }
}
