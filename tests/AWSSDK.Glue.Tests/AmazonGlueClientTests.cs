using System.Net;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.Runtime;

namespace AwsJson.Tests;

public sealed class AmazonGlueClientTests
{
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_says_its_operation_and_is_signed_as_AWS_asks()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json("{}"));
        using var glue = Client(http);

        await glue.StartCrawlerAsync(new StartCrawlerRequest { Name = "Ünï \"crawler\" + 'x'" }, Cancellation);

        var sent = Assert.Single(http.Requests);
        Assert.Equal(("POST", "https://glue.eu-west-3.amazonaws.com/"), (sent.Method, sent.Url.ToString()));
        Assert.Equal("AWSGlue.StartCrawler", sent.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", sent.Headers["Content-Type"]);
        Assert.Equal("""{"Name":"Ünï \"crawler\" + 'x'"}""", sent.Body);
        Assert.Contains("/eu-west-3/glue/aws4_request", sent.Authorization, StringComparison.Ordinal);
        Assert.Contains("x-amz-target", sent.Authorization, StringComparison.Ordinal);
        Assert.Equal(Signature.Of(sent, AccessKey, SecretKey), sent.Authorization);
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json("{}"));
        using AmazonGlueClient glue = new(new SessionAWSCredentials(AccessKey, SecretKey, "the token"), Config(http));

        await glue.StartCrawlerAsync(new StartCrawlerRequest { Name = "a" }, Cancellation);

        var sent = Assert.Single(http.Requests);
        Assert.Equal("the token", sent.Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", sent.Authorization, StringComparison.Ordinal);
        Assert.Equal(Signature.Of(sent, AccessKey, SecretKey), sent.Authorization);
    }

    [Theory]
    [InlineData("cn-north-1", false, false, "https://glue.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", true, false, "https://glue-fips.us-gov-west-1.amazonaws.com/")]
    [InlineData("eu-west-3", false, true, "https://glue.eu-west-3.api.aws/")]
    public async Task The_address_is_that_of_the_region(string region, bool fips, bool dualStack, string expected)
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json("{}"));
        var config = Config(http);
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        config.UseFIPSEndpoint = fips;
        config.UseDualstackEndpoint = dualStack;
        using AmazonGlueClient glue = new(new BasicAWSCredentials(AccessKey, SecretKey), config);

        await glue.StartCrawlerAsync(new StartCrawlerRequest { Name = "a" }, Cancellation);

        Assert.Equal(expected, Assert.Single(http.Requests).Url.ToString());
    }

    [Fact]
    public async Task A_crawler_is_read_with_what_is_known_of_it()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json(
            """{"Crawler":{"Name":"a","State":"running","Targets":{"S3Targets":[]},"LastCrawl":{"Status":"NEWER","StartTime":1790000000.125,"ErrorMessage":"no"}}}"""));
        using var glue = Client(http);

        var crawler = (await glue.GetCrawlerAsync(new GetCrawlerRequest { Name = "a" }, Cancellation)).Crawler!;

        Assert.Equal(CrawlerState.RUNNING, crawler.State);
        Assert.Equal("NEWER", crawler.LastCrawl!.Status!.Value);
        Assert.Equal(new DateTime(2026, 9, 21, 14, 13, 20, 125, DateTimeKind.Utc), crawler.LastCrawl.StartTime);
        Assert.Equal(DateTimeKind.Utc, crawler.LastCrawl.StartTime!.Value.Kind);
        Assert.Null(crawler.LastCrawl.LogGroup);
        Assert.Null(crawler.CrawlElapsedTime);
    }

    [Fact]
    public async Task A_partition_is_sent_with_its_table_its_values_and_what_its_files_are()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json("{}"));
        using var glue = Client(http);

        var answer = await glue.BatchCreatePartitionAsync(
            new BatchCreatePartitionRequest
            {
                DatabaseName = "db",
                TableName = "songs",
                PartitionInputList =
                [
                    new PartitionInput
                    {
                        Values = ["2026-11"],
                        StorageDescriptor = new StorageDescriptor
                        {
                            Columns = [new Column { Name = "song_id", Type = "string" }],
                            Location = "s3://bucket/songs/month=2026-11/",
                            InputFormat = "in",
                            OutputFormat = "out",
                            SerdeInfo = new SerDeInfo { SerializationLibrary = "serde" },
                        },
                    },
                ],
            },
            Cancellation);

        var sent = Assert.Single(http.Requests);
        Assert.Equal("AWSGlue.BatchCreatePartition", sent.Headers["X-Amz-Target"]);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {"DatabaseName":"db","TableName":"songs","PartitionInputList":[{"Values":["2026-11"],"StorageDescriptor":{
                      "Columns":[{"Name":"song_id","Type":"string"}],"Location":"s3://bucket/songs/month=2026-11/","InputFormat":"in","OutputFormat":"out",
                      "SerdeInfo":{"SerializationLibrary":"serde"}}}]}
                    """),
                JsonNode.Parse(sent.Body)),
            sent.Body);
        Assert.Null(answer.Errors);
    }

    [Fact]
    public async Task Partitions_that_were_not_made_are_read_with_the_reason()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json(
            """{"Errors":[{"PartitionValues":["2026-11"],"ErrorDetail":{"ErrorCode":"AlreadyExistsException","ErrorMessage":"Partition already exists."}}]}"""));
        using var glue = Client(http);

        var answer = await glue.BatchCreatePartitionAsync(new BatchCreatePartitionRequest { DatabaseName = "db", TableName = "songs" }, Cancellation);

        var error = Assert.Single(answer.Errors!);
        Assert.Equal(["2026-11"], error.PartitionValues!);
        Assert.Equal(("AlreadyExistsException", "Partition already exists."), (error.ErrorDetail!.ErrorCode, error.ErrorDetail.ErrorMessage));
    }

    [Theory]
    [InlineData("""{"__type":"AlreadyExistsException","Message":"Crawler a does not exist"}""", typeof(AlreadyExistsException))]
    [InlineData("""{"__type":"EntityNotFoundException","Message":"Crawler a does not exist"}""", typeof(EntityNotFoundException))]
    [InlineData("""{"__type":"com.amazonaws.glue#EntityNotFoundException","message":"Crawler a does not exist"}""", typeof(EntityNotFoundException))]
    [InlineData("""{"__type":"CrawlerRunningException:http://internal.amazon.com/","Message":"Crawler a does not exist"}""", typeof(CrawlerRunningException))]
    [InlineData("""{"__type":"AccessDeniedException","Message":"Crawler a does not exist"}""", typeof(AmazonGlueException))]
    public async Task A_refusal_is_the_exception_of_its_code(string body, Type expected)
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json(body, HttpStatusCode.BadRequest));
        using var glue = Client(http);

        var failure = await Assert.ThrowsAnyAsync<AmazonGlueException>(() => glue.GetCrawlerAsync(new GetCrawlerRequest { Name = "a" }, Cancellation));

        Assert.Equal(expected, failure.GetType());
        Assert.Equal("Crawler a does not exist", failure.Message);
        Assert.Equal(HttpStatusCode.BadRequest, failure.StatusCode);
        Assert.DoesNotContain('#', failure.ErrorCode);
        Assert.Single(http.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_a_failure_with_its_status()
    {
        ScriptedHttp http = new(_ => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>Bad gateway</html>") });
        using var glue = Client(http);

        var failure = await Assert.ThrowsAsync<AmazonGlueException>(() => glue.GetCrawlerAsync(new GetCrawlerRequest { Name = "a" }, Cancellation));

        Assert.Equal(HttpStatusCode.BadGateway, failure.StatusCode);
        Assert.Equal("The service answered 502.", failure.Message);
    }

    [Theory]
    [InlineData("ThrottlingException", HttpStatusCode.BadRequest)]
    [InlineData("InternalServiceException", HttpStatusCode.InternalServerError)]
    public async Task What_may_pass_is_sent_again_and_signed_anew(string code, HttpStatusCode status)
    {
        ScriptedHttp http = new(number => number == 1
            ? ScriptedHttp.Json($$"""{"__type":"{{code}}","Message":"Rate exceeded"}""", status)
            : ScriptedHttp.Json("""{"Crawler":{"Name":"a"}}"""));
        var config = Config(http);
        config.MaxErrorRetry = 1;
        using AmazonGlueClient glue = new(new BasicAWSCredentials(AccessKey, SecretKey), config);

        var answer = await glue.GetCrawlerAsync(new GetCrawlerRequest { Name = "a" }, Cancellation);

        Assert.Equal("a", answer.Crawler!.Name);
        Assert.Equal(2, http.Requests.Count);
        Assert.All(http.Requests, sent => Assert.Equal(Signature.Of(sent, AccessKey, SecretKey), sent.Authorization));
    }

    private static AmazonGlueConfig Config(ScriptedHttp http) => new() { RegionEndpoint = RegionEndpoint.EUWest3, HttpClientFactory = http, MaxErrorRetry = 0 };

    private static AmazonGlueClient Client(ScriptedHttp http) => new(new BasicAWSCredentials(AccessKey, SecretKey), Config(http));
}
