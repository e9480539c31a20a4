namespace Amazon.Athena.Model;

public class StartQueryExecutionRequest : AmazonAthenaRequest
{
    public string? ClientRequestToken { get; set; }

    public QueryExecutionContext? QueryExecutionContext { get; set; }

    public string? QueryString { get; set; }

    public ResultConfiguration? ResultConfiguration { get; set; }

    public string? WorkGroup { get; set; }

    // A repeated request must not start a second query.
    internal StartQueryExecutionRequest WithToken() => ClientRequestToken is not null
        ? this
        : new()
        {
            ClientRequestToken = Guid.NewGuid().ToString(),
            QueryExecutionContext = QueryExecutionContext,
            QueryString = QueryString,
            ResultConfiguration = ResultConfiguration,
            WorkGroup = WorkGroup,
        };
}
