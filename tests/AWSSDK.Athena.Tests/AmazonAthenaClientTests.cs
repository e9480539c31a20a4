using System.Net;
using Amazon;
using Amazon.Athena;
using Amazon.Athena.Model;
using Amazon.Runtime;

namespace AwsJson.Tests;

public sealed class AmazonAthenaClientTests
{
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_is_sent_with_all_that_is_set_and_a_token_and_signed_as_AWS_asks()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json("""{"QueryExecutionId":"q-1"}"""));
        using var athena = Client(http);

        var started = await athena.StartQueryExecutionAsync(
            new StartQueryExecutionRequest
            {
                QueryString = "SELECT 'ä', '\\' FROM song_data",
                WorkGroup = "primary",
                QueryExecutionContext = new QueryExecutionContext { Database = "spotify_database" },
                ResultConfiguration = new ResultConfiguration
                {
                    EncryptionConfiguration = new EncryptionConfiguration { EncryptionOption = EncryptionOption.SSE_KMS, KmsKey = "k" },
                },
                ClientRequestToken = "0123456789abcdef0123456789abcdef",
            },
            Cancellation);

        var sent = Assert.Single(http.Requests);
        Assert.Equal("q-1", started.QueryExecutionId);
        Assert.Equal("https://athena.eu-west-3.amazonaws.com/", sent.Url.ToString());
        Assert.Equal("AmazonAthena.StartQueryExecution", sent.Headers["X-Amz-Target"]);
        Assert.Equal(
            """{"ClientRequestToken":"0123456789abcdef0123456789abcdef","QueryExecutionContext":{"Database":"spotify_database"},"QueryString":"SELECT 'ä', '\\' FROM song_data","ResultConfiguration":{"EncryptionConfiguration":{"EncryptionOption":"SSE_KMS","KmsKey":"k"}},"WorkGroup":"primary"}""",
            sent.Body);
        Assert.Contains("/eu-west-3/athena/aws4_request", sent.Authorization, StringComparison.Ordinal);
        Assert.Equal(Signature.Of(sent, AccessKey, SecretKey), sent.Authorization);
    }

    [Fact]
    public async Task A_query_without_a_token_gets_one_that_its_repetition_keeps()
    {
        ScriptedHttp http = new(number =>
            number == 1 ? ScriptedHttp.Json("{}", HttpStatusCode.ServiceUnavailable) : ScriptedHttp.Json("""{"QueryExecutionId":"q-1"}"""));
        using var athena = Client(http, retries: 1);

        await athena.StartQueryExecutionAsync(new StartQueryExecutionRequest { QueryString = "SELECT 1" }, Cancellation);

        Assert.Equal(2, http.Requests.Count);
        Assert.Single(http.Requests.Select(sent => sent.Body).Distinct());
        Assert.Contains("ClientRequestToken", http.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_read_with_their_missing_values()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json(
            """{"NextToken":"t","ResultSet":{"ResultSetMetadata":{"ColumnInfo":[{"Name":"a","Label":"b","Type":"bigint"}]},"Rows":[{"Data":[{"VarCharValue":""},{}]}]}}"""));
        using var athena = Client(http);

        var page = await athena.GetQueryResultsAsync(new GetQueryResultsRequest { QueryExecutionId = "q-1", MaxResults = 10 }, Cancellation);

        Assert.Equal("""{"MaxResults":10,"QueryExecutionId":"q-1"}""", http.Requests[0].Body);
        Assert.Equal("t", page.NextToken);
        Assert.Equal("bigint", page.ResultSet!.ResultSetMetadata!.ColumnInfo![0].Type);
        Assert.Equal(["", null], page.ResultSet.Rows![0].Data!.Select(datum => datum.VarCharValue));
        Assert.Null(page.UpdateCount);
    }

    [Fact]
    public async Task A_query_tells_its_state_and_its_failure()
    {
        ScriptedHttp http = new(_ => ScriptedHttp.Json(
            """{"QueryExecution":{"StatementType":"DML","Status":{"State":"FAILED","StateChangeReason":"no","AthenaError":{"ErrorCategory":2,"ErrorType":1006,"Retryable":true}},"Statistics":{"DataScannedInBytes":5000000000}}}"""));
        using var athena = Client(http);

        var query = (await athena.GetQueryExecutionAsync(new GetQueryExecutionRequest { QueryExecutionId = "q-1" }, Cancellation)).QueryExecution!;

        Assert.Equal(QueryExecutionState.FAILED, query.Status!.State);
        Assert.Equal((2, 1006, true), (query.Status.AthenaError!.ErrorCategory, query.Status.AthenaError.ErrorType, query.Status.AthenaError.Retryable));
        Assert.Equal(5_000_000_000, query.Statistics!.DataScannedInBytes);
        Assert.Equal(StatementType.DML, query.StatementType);
    }

    [Fact]
    public async Task A_refusal_keeps_what_Athena_says_of_it()
    {
        ScriptedHttp http = new(number => ScriptedHttp.Json(
            number == 1
                ? """{"__type":"InvalidRequestException","AthenaErrorCode":"MALFORMED_QUERY","Message":"line 1:8"}"""
                : """{"__type":"TooManyRequestsException","Reason":"CONCURRENT_QUERY_LIMIT_EXCEEDED","Message":"slow"}""",
            HttpStatusCode.BadRequest));
        using var athena = Client(http);

        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() =>
            athena.StopQueryExecutionAsync(new StopQueryExecutionRequest { QueryExecutionId = "q-1" }, Cancellation));
        var throttled = await Assert.ThrowsAsync<TooManyRequestsException>(() =>
            athena.StopQueryExecutionAsync(new StopQueryExecutionRequest { QueryExecutionId = "q-1" }, Cancellation));

        Assert.Equal(("MALFORMED_QUERY", "line 1:8"), (refused.AthenaErrorCode, refused.Message));
        Assert.Equal(ThrottleReason.CONCURRENT_QUERY_LIMIT_EXCEEDED, throttled.Reason);
    }

    private static AmazonAthenaClient Client(ScriptedHttp http, int retries = 0) => new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonAthenaConfig { RegionEndpoint = RegionEndpoint.EUWest3, HttpClientFactory = http, MaxErrorRetry = retries });
}
