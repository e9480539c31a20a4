namespace Amazon.Athena.Model;

public class GetQueryExecutionRequest : AmazonAthenaRequest
{
    public string? QueryExecutionId { get; set; }
}
