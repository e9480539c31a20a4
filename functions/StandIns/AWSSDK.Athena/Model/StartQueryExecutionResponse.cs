using Amazon.Runtime;

namespace Amazon.Athena.Model;

public class StartQueryExecutionResponse : AmazonWebServiceResponse
{
    public string? QueryExecutionId { get; set; }
}
