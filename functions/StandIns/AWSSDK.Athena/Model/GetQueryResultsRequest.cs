namespace Amazon.Athena.Model;

public class GetQueryResultsRequest : AmazonAthenaRequest
{
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    public string? QueryExecutionId { get; set; }
}
